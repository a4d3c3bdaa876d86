import { rng } from '@mgmt/core';
import fc from 'fast-check';
import {
  type BinaryLabel,
  bootstrapAucInterval,
  bootstrapInterval,
  delongInterval,
  delongVariance,
  rocAuc,
  seedMeanAucInterval,
} from '../../src/index.js';
import { classes, labelsOf, rows, scoresOf } from '../rows.js';
import { seedScores } from '../simulate.js';

const labels = classes(56, 61);
const [scores] = seedScores(labels, rng('bootstrap'), { seeds: 1, shared: 1, shift: 0.5 }) as [number[]];
const methods = ['percentile', 'bca'] as const;
const aucOf = (cases: Uint32Array) =>
  rocAuc(
    Array.from(cases, (i) => labels[i]!),
    Array.from(cases, (i) => scores[i]!),
  );

describe('bootstrapInterval', () => {
  it.each(methods)('of the AUC within classes is bootstrapAucInterval, by %s', (method) => {
    const options = { resamples: 200, method, rng: rng(1) } as const;
    const general = bootstrapInterval(labels.length, aucOf, { ...options, strata: labels });
    const fast = bootstrapAucInterval(labels, scores, { ...options, rng: rng(1) });
    expect(Object.values(general)).toEqual(Object.values(fast).map((value) => expect.closeTo(value, 12) as number));
  });

  it.each(methods)('of a mean is near the interval of the normal distribution, by %s', (method) => {
    const mean = (cases: Uint32Array) => cases.reduce((sum, i) => sum + scores[i]!, 0) / cases.length;
    const { estimate, low, high, standardError } = bootstrapInterval(117, mean, { method, rng: rng(2) });
    const deviation = Math.sqrt(scores.reduce((sum, value) => sum + (value - estimate) ** 2, 0) / 116);
    expect(standardError / (deviation / Math.sqrt(117))).toBeCloseTo(1, 1);
    expect((high - low) / (2 * 1.96 * standardError)).toBeCloseTo(1, 1);
  });

  it('draws anew where a resample lacks a class', () => {
    const few = [0, 0, 0, 1] as const;
    const rate = (cases: Uint32Array) => {
      const positives = cases.filter((i) => few[i] === 1).length;
      return positives === 0 ? NaN : 1 / positives;
    };
    expect(bootstrapInterval(4, rate, { rng: rng(3), resamples: 100 }).low).toBeGreaterThan(0);
  });

  it('refuses a statistic that is undefined on all cases, or with one left out where bca needs it', () => {
    expect(() => bootstrapInterval(3, () => NaN, { rng: rng(0) })).toThrow(/undefined-statistic: the statistic of all cases is not/);
    const needsThree = (cases: Uint32Array) => (cases.length < 3 ? NaN : cases[0]!);
    expect(() => bootstrapInterval(3, needsThree, { rng: rng(0), method: 'bca' })).toThrow(/all cases but 0 is not/);
  });

  it('has no width where no draw differs', () => {
    for (const method of methods)
      expect(bootstrapInterval(5, () => 2, { rng: rng(0), method })).toEqual({ estimate: 2, low: 2, high: 2, standardError: 0 });
  });
});

describe('bootstrapAucInterval', () => {
  it.each(methods)('agrees with DeLong, by %s', (method) => {
    const { estimate, low, high, standardError } = bootstrapAucInterval(labels, scores, { method, rng: rng(4) });
    const delong = delongInterval(labels, scores);
    expect(estimate).toBe(delong.auc);
    expect(standardError / Math.sqrt(delongVariance(labels, scores))).toBeCloseTo(1, 1);
    expect(Math.abs(low - delong.low) + Math.abs(high - delong.high)).toBeLessThan(0.03);
  });

  it('of one seed is that of seedMeanAucInterval', () => {
    const seeds = seedMeanAucInterval(labels, [scores], { rng: rng(5), resamples: 300 });
    expect(bootstrapAucInterval(labels, scores, { rng: rng(5), resamples: 300 })).toMatchObject({ low: seeds.low, high: seeds.high });
  });

  it('does not take slices for patients: three copies of each say no more than one', () => {
    const tripled = <T>(of: readonly T[]) => [...of, ...of, ...of];
    const one = bootstrapAucInterval(labels, scores, { rng: rng(6), resamples: 500 });
    const three = bootstrapAucInterval(tripled(labels), tripled(scores), {
      clusters: tripled([...labels.keys()]),
      rng: rng(6),
      resamples: 500,
    });
    expect(Object.values(three)).toEqual(Object.values(one).map((value) => expect.closeTo(value, 12) as number));
  });

  it('takes clusters of both classes without strata only', () => {
    const both = { clusters: labels.map((_, i) => i % 39), rng: rng(7), resamples: 200 };
    expect(() => bootstrapAucInterval(labels, scores, both)).toThrow(/mixed-cluster/);
    const { low, estimate, high } = bootstrapAucInterval(labels, scores, { ...both, stratified: false });
    expect(low < estimate && estimate < high).toBe(true);
  });

  it('stays within [0, 1] and does not change under a monotone map of the scores, whatever the ties', () => {
    fc.assert(
      fc.property(rows(2), fc.integer(), fc.constantFrom(...methods), (all, seed, method) => {
        const interval = (of: number[]) => bootstrapAucInterval(labelsOf(all), of, { rng: rng(seed), resamples: 40, method });
        const { low, high } = interval(scoresOf(all));
        expect(0 <= low && low <= high && high <= 1).toBe(true);
        expect(interval(scoresOf(all).map((score) => Math.exp(score / 10)))).toMatchObject({ low, high });
      }),
    );
  });

  it.each(methods)('claims no certainty from perfect separation, and is [0.5, 0.5] of equal scores, by %s', (method) => {
    const perfect = bootstrapAucInterval(labels, [...labels.keys()], { method, rng: rng(8) });
    expect(perfect).toEqual({ estimate: 1, low: expect.closeTo(0.025 ** (1 / 56), 12) as number, high: 1, standardError: 0 });
    const inPairs = labels.map((label, i) => `${label} ${i >> 1}`);
    expect(bootstrapAucInterval(labels, [...labels.keys()], { method, rng: rng(8), clusters: inPairs }).low).toBeCloseTo(
      0.025 ** (1 / 28),
      12,
    );
    expect(
      bootstrapAucInterval(
        labels,
        labels.map(() => 1),
        { method, rng: rng(8) },
      ),
    ).toMatchObject({ estimate: 0.5, low: 0.5, high: 0.5 });
  });

  it('needs two clusters of each class, whatever the cases', () => {
    const few: BinaryLabel[] = [0, 0, 0, 1, 1, 1];
    const clusters = ['a', 'a', 'a', 'b', 'c', 'c'];
    expect(() => bootstrapAucInterval(few, [1, 2, 3, 2, 3, 4], { rng: rng(0), clusters })).toThrow(
      /too-few: .*\n.*found 1 with class 0, 2 with class 1/,
    );
  });
});
