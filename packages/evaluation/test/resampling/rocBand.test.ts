import { rng } from '@mgmt/core';
import fc from 'fast-check';
import { type BinaryLabel, bootstrapInterval, rocBand, rocCurve } from '../../src/index.js';
import { golden } from '../golden.js';
import { classes, labelsOf, rows, scoresOf } from '../rows.js';
import { seedScores } from '../simulate.js';

interface Ends {
  low: number[];
  high: number[];
}
interface Band {
  name: string;
  labels: BinaryLabel[];
  scores: number[];
  falsePositiveRate: number[];
  truePositiveRate: number[];
  narrower: Ends;
  wider: Ends;
}

const labels = classes(56, 61);
const [scores] = seedScores(labels, rng('band'), { seeds: 1, shared: 1, shift: 0.8 }) as [number[]];

describe.each(golden<Band[]>('rocBand', 'bands'))('of $name, rocBand', (band) => {
  const { low, high, truePositiveRate } = rocBand(band.labels, band.scores, { ...band, resamples: 20_000, rng: rng('as pROC') });

  it('equals pROC in the curve itself', () => {
    expect(truePositiveRate).toEqual(band.truePositiveRate.map((rate) => expect.closeTo(rate, 10) as number));
  });

  // The end of a tail of 0.025 from 20,000 draws is off by 0.0011 of probability (one deviation), of two programs by 0.0016: tails of 0.020 and 0.030 are three away.
  it('lies between the bands of 94 and 96 % of pROC', () => {
    low.forEach((end, k) => {
      expect(end).toBeGreaterThanOrEqual(band.wider.low[k]! - 1e-9);
      expect(end).toBeLessThanOrEqual(band.narrower.low[k]! + 1e-9);
      expect(high[k]).toBeGreaterThanOrEqual(band.narrower.high[k]! - 1e-9);
      expect(high[k]).toBeLessThanOrEqual(band.wider.high[k]! + 1e-9);
    });
  });
});

describe('rocBand', () => {
  // Class 0 scores 1 and 3, class 1 scores 2 and 4. Let s be the share of fours among the two draws of class 1: 0, 1/2, 1 with 1/4, 1/2, 1/4.
  // At a rate of 0 the sensitivity is s, but 1 where both draws of class 0 are ones (1/4): 0, 1/2, 1 with 3/16, 6/16, 7/16.
  // At 1/2 it is s where both are threes (1/4), else 1: 0, 1/2, 1 with 1/16, 2/16, 13/16.
  it.each([
    [0.5, [0.5, 1], [1, 1]], // tails of 0.25
    [0.7, [0, 1], [0.5, 1]], // of 0.15
    [0.9, [0, 1], [0, 1]], // of 0.05
  ])('of two and two cases is what their sixteen resamples give, level %d', (level, atZero, atHalf) => {
    const band = rocBand([0, 0, 1, 1], [1, 3, 2, 4], { falsePositiveRate: [0, 0.5, 1], level, resamples: 5000, rng: rng(1) });
    expect(band.truePositiveRate).toEqual([0.5, 1, 1]);
    expect(band.low.map((low, k) => [low, band.high[k]])).toEqual([atZero, atHalf, [1, 1]]);
  });

  it('is at each rate what bootstrapInterval gives of the sensitivity there', () => {
    const rate = 0.23;
    const sensitivity = (cases: Uint32Array) => {
      const { falsePositiveRates: x, truePositiveRates: y } = rocCurve(
        Array.from(cases, (i) => labels[i]!),
        Array.from(cases, (i) => scores[i]!),
      );
      const after = x.findIndex((falses) => falses > rate);
      return y[after - 1]! + ((rate - x[after - 1]!) / (x[after]! - x[after - 1]!)) * (y[after]! - y[after - 1]!);
    };
    const { estimate, low, high } = bootstrapInterval(117, sensitivity, { strata: labels, resamples: 200, rng: rng(2) });
    const band = rocBand(labels, scores, { falsePositiveRate: [0.1, rate], resamples: 200, rng: rng(2) });
    expect([band.truePositiveRate[1], band.low[1], band.high[1]]).toEqual(
      [estimate, low, high].map((value) => expect.closeTo(value, 12) as number),
    );
  });

  it('is asked for at every hundredth, and holds the curve itself at most of them', () => {
    const { falsePositiveRate, truePositiveRate, low, high } = rocBand(labels, scores, { rng: rng(3) });
    expect(falsePositiveRate).toEqual(Array.from({ length: 101 }, (_, k) => k / 100));
    const held = truePositiveRate.filter((rate, k) => low[k]! <= rate && rate <= high[k]!).length;
    expect(held).toBeGreaterThanOrEqual(99);
    expect([low.at(-1), high.at(-1)]).toEqual([1, 1]);
  });

  it('misses no step by rounding: 0.29 of 100 cases are 29', () => {
    const hundred = [...classes(100, 0), 1, 1] as BinaryLabel[];
    const steps = [...Array.from({ length: 100 }, (_, i) => -i), -28.5, -28.5]; // all of class 1 after 29 of class 0
    const at = (rate: number) => rocBand(hundred, steps, { falsePositiveRate: [rate], resamples: 1, rng: rng(0) }).truePositiveRate[0];
    expect([0.28, 0.29].map(at)).toEqual([0, 1]);
  });

  const rates = [0.003, 0.101, 0.257, 0.503, 0.749, 0.899, 0.997]; // up and down the same distance from 1/2, and no step of a few cases
  const bandOf = (all: readonly BinaryLabel[], of: readonly number[], seed: number, level = 0.9) =>
    rocBand(all, of, { falsePositiveRate: rates, resamples: 40, level, rng: rng(seed) });

  it('rises, is wider for a higher level, and does not change under a monotone map of the scores, whatever the ties', () => {
    fc.assert(
      fc.property(rows(2), fc.integer(), (all, seed) => {
        const [own, of] = [labelsOf(all), scoresOf(all)];
        const band = bandOf(own, of, seed);
        const wider = bandOf(own, of, seed, 0.94);
        for (const ends of [band.truePositiveRate, band.low, band.high]) expect(ends).toEqual([...ends].sort((a, b) => a - b));
        band.low.forEach((low, k) => {
          expect(0 <= wider.low[k]! && wider.low[k]! <= low && low <= band.high[k]!).toBe(true);
          expect(band.high[k]! <= wider.high[k]! && wider.high[k]! <= 1).toBe(true);
        });
        expect(
          bandOf(
            own,
            of.map((score) => Math.exp(score / 10)),
            seed,
          ),
        ).toEqual(band);
      }),
    );
  });

  it('is turned about its middle when the scores change their sign', () => {
    const mirrored = rates.map((rate) => 1 - rate).reverse();
    fc.assert(
      fc.property(rows(2), fc.integer(), (all, seed) => {
        const own = labelsOf(all);
        const band = bandOf(own, scoresOf(all), seed);
        const turned = rocBand(
          own,
          scoresOf(all).map((score) => -score),
          { falsePositiveRate: mirrored, resamples: 40, level: 0.9, rng: rng(seed) },
        );
        const close = (ends: readonly number[]) => ends.map((end) => expect.closeTo(1 - end, 10) as number).reverse();
        expect([turned.low, turned.high]).toEqual([close(band.high), close(band.low)]);
      }),
    );
  });

  it('has no width under perfect separation', () => {
    const { low, high } = rocBand([0, 0, 1, 1], [1, 2, 3, 4], { falsePositiveRate: [0, 0.5], resamples: 20, rng: rng(0) });
    expect([low, high]).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  it.each<[string, number[], RegExp]>([
    ['that fall', [0.2, 0.1], /bad-option: the option falsePositiveRate .*\n.*found 0.1 after 0.2/],
    ['beyond 1', [0.2, 1.1], /not-a-probability: .*index 1/],
    ['that are none', [], /evaluation\/empty/],
  ])('refuses rates %s', (_name, falsePositiveRate, message) => {
    expect(() => rocBand(labels, scores, { falsePositiveRate, rng: rng(0) })).toThrow(message);
  });
});
