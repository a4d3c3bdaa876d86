import fc from 'fast-check';
import {
  type BinaryLabel,
  delongCovariance,
  delongMeanInterval,
  delongTest,
  delongUnpairedTest,
  delongVariance,
  rocAuc,
} from '../src/index.js';
import { golden } from './golden.js';
import { classes, labelsOf, rows, scoresOf } from './rows.js';

interface Paired {
  name: string;
  labels: BinaryLabel[];
  scores: [number[], number[], number[]];
  covariance: number[][];
  p: number;
  z: number;
  interval90: [number, number];
}

interface Unpaired {
  name: string;
  first: { labels: BinaryLabel[]; scores: number[] };
  second: { labels: BinaryLabel[]; scores: number[] };
  p: number;
  t: number;
  degrees: number;
}

const paired = golden<Paired[]>('comparisons', 'paired');
const near = (values: number[]) => values.map((value) => expect.closeTo(value, 11) as number);

describe('delongCovariance', () => {
  it.each(paired)('equals pROC: $name', ({ labels, scores, covariance }) => {
    const found = delongCovariance(labels, scores);
    expect(found.aucs).toEqual(near(scores.map((of) => rocAuc(labels, of))));
    expect(found.covariance.map((row) => row.map((value) => value * 1000))).toEqual(
      covariance.map((row) => near(row.map((value) => value * 1000))),
    );
  });

  it('has the variances on its diagonal, and its mean is the variance of the mean', () => {
    const { labels, scores } = paired[0]!;
    const { covariance } = delongCovariance(labels, scores);
    expect(covariance.map((row, i) => row[i]!)).toEqual(near(scores.map((of) => delongVariance(labels, of))));
    expect(covariance.flat().reduce((sum, value) => sum + value / 9, 0)).toBeCloseTo(delongMeanInterval(labels, scores).variance, 12);
  });

  it('takes 100,000 cases of two models without comparing them pair by pair', () => {
    const labels = Array.from({ length: 100_000 }, (_, i) => (i % 2) as BinaryLabel);
    const rising = [...labels.keys()];
    const { aucs, covariance } = delongCovariance(labels, [rising, rising.map((score) => -score)]);
    expect(aucs[0]! + aucs[1]!).toBeCloseTo(1, 12);
    expect(covariance[0]![1]! / covariance[0]![0]!).toBeCloseTo(-1, 9);
  });
});

describe('delongTest', () => {
  it.each(paired)('equals pROC: $name', ({ labels, scores: [first, second], p, z, interval90 }) => {
    const found = delongTest(labels, first, second, { level: 0.9 });
    expect(found.p / p).toBeCloseTo(1, 10);
    expect(found.difference / Math.sqrt(found.variance)).toBeCloseTo(z, 10);
    expect([found.low, found.high]).toEqual(near(interval90));
  });

  it('changes its sign and nothing else when the models change places', () => {
    fc.assert(
      fc.property(rows(2), fc.func(fc.integer({ min: -50, max: 50 })), (all, other) => {
        const [first, second] = [scoresOf(all), all.map((_, i) => other(i))];
        const there = delongTest(labelsOf(all), first, second);
        const back = delongTest(labelsOf(all), second, first);
        expect(back.difference + there.difference).toBe(0);
        expect(back.p).toBe(there.p);
        expect([-back.high, -back.low]).toEqual(near([there.low, there.high]));
        expect(there.p >= 0 && there.p <= 1 && -1 <= there.low && there.low <= there.difference && there.difference <= there.high).toBe(
          true,
        );
      }),
    );
  });

  it('finds no difference between a model and itself, but does not claim to know', () => {
    const labels = classes(56, 61);
    const found = delongTest(labels, [...labels.keys()], [...labels.keys()]);
    expect(found).toMatchObject({ difference: 0, variance: 0, p: 1 });
    expect(found.high).toBeCloseTo(1 - 0.0125 ** (1 / 56), 12);
    expect(found.low).toBeCloseTo(-found.high, 12);
  });

  it('has an exact bound where a perfect model meets one that cannot tell', () => {
    const labels = classes(5, 8);
    expect(
      delongTest(
        labels,
        [...labels.keys()],
        labels.map(() => 0),
      ),
    ).toMatchObject({ difference: 0.5, variance: 0, p: 2 * 0.5 ** 5 });
  });
});

describe('delongUnpairedTest', () => {
  it.each(golden<Unpaired[]>('comparisons', 'unpaired'))('equals pROC: $name', ({ first, second, p, t, degrees }) => {
    const found = delongUnpairedTest(first, second);
    expect(found.difference / Math.sqrt(found.variance)).toBeCloseTo(t, 10);
    expect(found.degreesOfFreedom).toBeCloseTo(degrees, 8);
    expect(found.p / p).toBeCloseTo(1, 10);
  });

  it('has a p below 0.05 exactly where the interval leaves out 0', () => {
    fc.assert(
      fc.property(rows(2), rows(2), (one, other) => {
        const { low, high, p, variance } = delongUnpairedTest(
          { labels: labelsOf(one), scores: scoresOf(one) },
          { labels: labelsOf(other), scores: scoresOf(other) },
        );
        fc.pre(variance > 0);
        expect(p < 0.05).toBe(low > 0 || high < 0);
      }),
    );
  });
});
