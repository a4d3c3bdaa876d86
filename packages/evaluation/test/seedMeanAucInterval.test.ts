import { rng } from '@mgmt/core';
import fc from 'fast-check';
import { delongInterval, delongMeanInterval, rocAuc, seedMeanAucInterval } from '../src/index.js';
import { classes, labelsOf, rows, scoresOf } from './rows.js';
import { seedScores } from './simulate.js';

const labels = classes(56, 61);

describe('seedMeanAucInterval', () => {
  it('gives the AUC of each seed and their mean', () => {
    const scoresBySeed = seedScores(labels, rng('mean'), { seeds: 4, shared: 0.5 });
    const { mean, perSeed } = seedMeanAucInterval(labels, scoresBySeed, { rng: rng(0), resamples: 10 });
    expect(perSeed).toEqual(scoresBySeed.map((scores) => rocAuc(labels, scores)));
    expect(mean).toBeCloseTo(perSeed.reduce((sum, auc) => sum + auc, 0) / 4, 14);
  });

  it.each([0, 0.5, 1])('agrees with the closed form when patients make up %p of the variance of a score', (shared) => {
    const scoresBySeed = seedScores(labels, rng('agree'), { seeds: 6, shared, shift: 0.4 });
    const bootstrap = seedMeanAucInterval(labels, scoresBySeed, { rng: rng(1) });
    const closed = delongMeanInterval(labels, scoresBySeed);
    const width = closed.high - closed.low;
    expect(Math.abs(bootstrap.low - closed.low)).toBeLessThan(0.12 * width); // two forms of an interval, and the draws
    expect(Math.abs(bootstrap.high - closed.high)).toBeLessThan(0.12 * width);
  });

  it('does not take seeds for patients: ten copies of a seed say no more than one', () => {
    const [scores] = seedScores(labels, rng('copies'), { seeds: 1, shared: 1 }) as [number[]];
    const one = seedMeanAucInterval(labels, [scores], { rng: rng(2) });
    const ten = seedMeanAucInterval(labels, new Array<number[]>(10).fill(scores), { rng: rng(2) });
    expect(ten.low).toBeCloseTo(one.low, 12);
    expect(ten.high).toBeCloseTo(one.high, 12);
    const { low, high } = delongInterval(labels, scores);
    expect(Math.abs(ten.high - ten.low - (high - low))).toBeLessThan(0.02);
  });

  it('does not care in which order the seeds come, nor on which scale each is', () => {
    const scoresBySeed = seedScores(labels, rng('order'), { seeds: 3, shared: 0.5 });
    const interval = seedMeanAucInterval(labels, scoresBySeed, { rng: rng(3), resamples: 200 });
    const other = seedMeanAucInterval(
      labels,
      [...scoresBySeed].reverse().map((scores, k) => scores.map((score) => Math.exp(score) * 10 ** k)),
      {
        rng: rng(3),
        resamples: 200,
      },
    );
    expect([other.mean, other.low, other.high].map((value, i) => value - [interval.mean, interval.low, interval.high][i]!)).toEqual([
      expect.closeTo(0, 12),
      expect.closeTo(0, 12),
      expect.closeTo(0, 12),
    ]);
  });

  it('resamples each class to its own size, ties and all: every resampled mean is an AUC of such a sample', () => {
    const few = [0, 0, 1, 1] as const; // class 0 at 1 and 2, class 1 at 2 and 3: AUC of a resample is 0.5, 0.75, 0.875 or 1
    const { mean, low, high } = seedMeanAucInterval(few, [[1, 2, 2, 3]], { rng: rng(4), resamples: 4000, level: 0.999 });
    expect([mean, low, high]).toEqual([0.875, 0.5, 1]);
    const median = seedMeanAucInterval(few, [[1, 2, 2, 3]], { rng: rng(4), resamples: 4001, level: 1e-9 });
    expect(median.low).toBe(0.875);
  });

  it('is the same for the same stream, and another for another', () => {
    const scoresBySeed = seedScores(labels, rng('stream'), { seeds: 2, shared: 0.5 });
    const interval = (seed: number) => seedMeanAucInterval(labels, scoresBySeed, { rng: rng(seed), resamples: 100 });
    expect(interval(5)).toEqual(interval(5));
    expect(interval(5)).not.toEqual(interval(6));
  });

  it('stays within [0, 1] and rises, whatever the ties', () => {
    fc.assert(
      fc.property(rows(2), fc.integer(), (all, seed) => {
        const reversed = scoresOf(all).reverse();
        const { low, high } = seedMeanAucInterval(labelsOf(all), [scoresOf(all), reversed], { rng: rng(seed), resamples: 50 });
        expect(0 <= low && low <= high && high <= 1).toBe(true);
      }),
    );
  });

  it('claims no certainty from perfect separation by all seeds', () => {
    const scores = [...labels.keys()];
    const { mean, low, high } = seedMeanAucInterval(labels, [scores, scores], { rng: rng(6) });
    expect([mean, low, high]).toEqual([1, expect.closeTo(0.025 ** (1 / 56), 12), 1]);
    const wrong = seedMeanAucInterval(labels, [scores.map((score) => -score)], { rng: rng(6) });
    expect([wrong.mean, wrong.low, wrong.high]).toEqual([0, 0, expect.closeTo(1 - 0.025 ** (1 / 56), 12)]);
  });

  it('is [0.5, 0.5] where all scores are equal', () => {
    const constant = labels.map(() => 0.53);
    expect(seedMeanAucInterval(labels, [constant, constant], { rng: rng(7) })).toMatchObject({ mean: 0.5, low: 0.5, high: 0.5 });
  });

  it.each([0, 1.5, NaN])('refuses %p resamples', (resamples) => {
    expect(() => seedMeanAucInterval(labels, [labels], { rng: rng(0), resamples })).toThrow(/bad-option: the option resamples/);
  });
});
