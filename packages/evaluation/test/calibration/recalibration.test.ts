import fc from 'fast-check';
import { isotonicScaling, plattScaling, recalibrate, temperatureScaling, type BinaryLabel, type Recalibration } from '../../src/index.js';
import { poolAdjacentViolators } from '../../src/calibration/isotonicScaling.js';
import { labelsOf, rows, scoresOf } from '../rows.js';
import { cases, logits } from './calibrationCases.js';

type Fit = (labels: BinaryLabel[], scores: number[]) => Recalibration;
const fits: [string, Fit][] = [
  ['isotonicScaling', isotonicScaling],
  ['plattScaling', plattScaling],
  ['temperatureScaling', temperatureScaling],
];

describe.each(fits)('%s', (_, fit) => {
  it('is plain data that does the same after JSON', () => {
    const { labels, probabilities } = cases[0]!;
    const fitted = fit(labels, logits(probabilities));
    const read = JSON.parse(JSON.stringify(fitted)) as Recalibration;
    expect(recalibrate(read, [-2, 0, 0.3])).toEqual(recalibrate(fitted, [-2, 0, 0.3]));
  });

  it.each<[RegExp, BinaryLabel[], number[]]>([
    [/evaluation\/one-class/, [1, 1], [0.1, 0.2]],
    [/evaluation\/not-finite.*index 1/, [0, 1], [0.1, NaN]],
    [/evaluation\/empty/, [], []],
    [/evaluation\/length-mismatch/, [0, 1], [0.1]],
  ])('refuses %s', (says, labels, scores) => {
    expect(() => fit(labels, scores)).toThrow(says);
  });
});

describe('isotonicScaling', () => {
  it.each(cases)('equals scikit-learn: $name', ({ labels, probabilities, isotonic }) => {
    const fitted = isotonicScaling(labels, logits(probabilities));
    expect(fitted.scores).toHaveLength(isotonic.scores.length);
    fitted.scores.forEach((score, i) => expect(score).toBeCloseTo(isotonic.scores[i]!, 12));
    fitted.probabilities.forEach((p, i) => expect(p).toBeCloseTo(isotonic.probabilities[i]!, 12));
    recalibrate(fitted, isotonic.at).forEach((p, i) => expect(p).toBeCloseTo(isotonic.gives[i]!, 12));
  });

  it('rises, keeps the mean, and does nothing the second time', () => {
    fc.assert(
      fc.property(rows(), (all) => {
        const [labels, scores] = [labelsOf(all), scoresOf(all)];
        const fitted = isotonicScaling(labels, scores);
        const given = recalibrate(fitted, scores);
        fitted.probabilities.slice(1).forEach((p, i) => expect(p).toBeGreaterThanOrEqual(fitted.probabilities[i]!));
        const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
        expect(sum(given)).toBeCloseTo(sum(labels), 9);
        recalibrate(isotonicScaling(labels, given), given).forEach((p, i) => expect(p).toBeCloseTo(given[i]!, 12));
      }),
    );
  });

  it('pools a sequence once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 9 })), { minLength: 1 }),
        (pairs) => {
          const weights = pairs.map(([, weight]) => weight);
          const once = poolAdjacentViolators(
            pairs.map(([value]) => value),
            weights,
          );
          poolAdjacentViolators(once, weights).forEach((value, i) => expect(value).toBeCloseTo(once[i]!, 12));
        },
      ),
    );
  });

  it('gives the share to all where the order is wrong, or there is none', () => {
    expect(recalibrate(isotonicScaling([1, 1, 0, 0], [1, 2, 3, 4]), [0, 2.5, 9])).toEqual([0.5, 0.5, 0.5]);
    expect(isotonicScaling([0, 1, 1], [2, 2, 2])).toEqual({ kind: 'isotonic', scores: [2], probabilities: [2 / 3] });
  });
});

describe('plattScaling', () => {
  it.each(cases)('equals statsmodels, and scikit-learn as far as that goes: $name', ({ labels, probabilities, platt }) => {
    const fitted = plattScaling(labels, logits(probabilities));
    expect(fitted.intercept).toBeCloseTo(platt.intercept, 8);
    expect(fitted.slope).toBeCloseTo(platt.slope, 8);
    expect(fitted.intercept).toBeCloseTo(platt.sklearn[0], 3);
    expect(fitted.slope / platt.sklearn[1]).toBeCloseTo(1, 3);
  });

  it('is finite where the classes are apart', () => {
    const given = recalibrate(plattScaling([0, 0, 1, 1], [-3, -2, 2, 3]), [-3, 3]);
    expect(given[0]).toBeLessThan(0.26);
    expect(given[1]).toBeCloseTo(1 - given[0]!, 9);
  });

  it('gives the mean target to all where scores are equal', () => {
    const fitted = plattScaling([0, 1, 1], [7, 7, 7]);
    expect(fitted.slope).toBe(0);
    expect(recalibrate(fitted, [7])[0]).toBeCloseTo((1 / 3 + 3 / 4 + 3 / 4) / 3, 12);
  });

  it('gives the same whatever the scale of the scores', () => {
    const { labels, probabilities } = cases[0]!;
    const scores = logits(probabilities);
    const [at, moved] = [scores, scores.map((score) => 1e4 * score + 3e6)].map((values) =>
      recalibrate(plattScaling(labels, values), values),
    );
    moved!.forEach((p, i) => expect(p).toBeCloseTo(at![i]!, 7));
  });
});

describe('temperatureScaling', () => {
  it.each(cases)('equals statsmodels, and scikit-learn as far as that goes: $name', ({ labels, probabilities, temperature }) => {
    const { inverseTemperature } = temperatureScaling(labels, logits(probabilities));
    expect(inverseTemperature).toBeCloseTo(Math.max(0, temperature.inverse), 8);
    if (temperature.inverse > 0) expect(inverseTemperature / temperature.sklearn).toBeCloseTo(1, 3);
  });

  it.each<[string, BinaryLabel[], number[]]>([
    ['point the wrong way', [0, 1, 0, 1], [2, -1, 1, -2]],
    ['are all 0', [0, 1], [0, 0]],
  ])('takes all confidence away where the logits %s', (_, labels, scores) => {
    expect(temperatureScaling(labels, scores)).toEqual({ kind: 'temperature', inverseTemperature: 0 });
    expect(recalibrate(temperatureScaling(labels, scores), [5])).toEqual([0.5]);
  });

  it('refuses where no temperature is low enough', () => {
    expect(() => temperatureScaling([0, 1, 1], [-1, 0, 2])).toThrow(/evaluation\/separable/);
  });
});

describe('recalibrate', () => {
  it('refuses what is not finite', () => {
    expect(() => recalibrate({ kind: 'temperature', inverseTemperature: 1 }, [0, Infinity])).toThrow(/evaluation\/not-finite.*index 1/);
  });
});
