import type { Rng } from '@mgmt/core';
import { checkBinaryScores, checkTwoOfEach, type BinaryLabel } from '../checkBinaryScores.js';
import { checkCount, checkLevel, checkOption, checkProbabilities } from '../checkValues.js';
import type { IntervalOptions } from '../delongInterval.js';
import { percentileEnds } from './bootstrapEnds.js';
import { resampledSensitivities } from './resampledSensitivities.js';
import { resampler } from './resampler.js';

/** Where the band of a ROC curve is asked for, and how it is drawn. */
export interface RocBandOptions extends IntervalOptions {
  /** `[rates]`, in [0, 1], rising. 101 by default, from 0 to 1: a step a hundredth is finer than a figure shows. */
  readonly falsePositiveRate?: ArrayLike<number>;
  /** Bootstrap samples; 2,000 by default. */
  readonly resamples?: number;
  /** Where the draws come from; equal streams give equal bands. */
  readonly rng: Rng;
}

/** A ROC curve at given rates of false positives, and where the true one lies at each. */
export interface RocBand {
  /** `[rates]`, rising. */
  readonly falsePositiveRate: readonly number[];
  /** `[rates]`, rising: the curve of the cases themselves. Where it goes straight up, its top. */
  readonly truePositiveRate: readonly number[];
  /** `[rates]` */
  readonly low: readonly number[];
  /** `[rates]` */
  readonly high: readonly number[];
}

/**
 * Pointwise confidence band of a ROC curve: at each rate of false positives, an interval of the sensitivity, from resamples within the classes.
 *
 * Each interval holds its level by itself; the whole curve lies within the band less often (56 to 74 % of cohorts of 56 and 61 cases, for 95). Near both
 * ends of the curve, where a case or two decide, the band is too narrow (78 to 92 %). Where no draw differs, as at a rate of 1 and everywhere under perfect
 * separation, it has no width: the bootstrap knows nothing beyond these cases. Of equal scores it is the diagonal.
 *
 * @param labels - `[n]`, 0 or 1, two of each or more
 * @param scores - `[n]`, finite, larger speaks for class 1
 * @param options - rates, samples, level, and the random stream
 * @throws `MgmtError` as {@link rocAuc}, and `evaluation/too-few`, `evaluation/bad-option`, `evaluation/not-a-probability` (a rate)
 * @remarks As `ci.se` of pROC. O(resamples x (n + rates)) after one sort. Straight lines between the points, as those of {@link rocCurve}.
 * @example
 * rocBand([0, 0, 1, 1], [1, 3, 2, 4], { falsePositiveRate: [0, 0.5], rng: rng(0) }); // { …, truePositiveRate: [0.5, 1], low: [0, 0], high: [1, 1] }
 */
export function rocBand(
  labels: ArrayLike<BinaryLabel>,
  scores: ArrayLike<number>,
  { falsePositiveRate = HUNDREDTHS, resamples = 2000, level = 0.95, rng }: RocBandOptions,
): RocBand {
  checkCount(resamples, 'resamples');
  checkLevel(level);
  const rates = checkProbabilities(falsePositiveRate, 'false positive rates');
  const falls = rates.findIndex((rate, k) => k > 0 && rate < rates[k - 1]!);
  checkOption(falls < 0, 'falsePositiveRate', 'rates that rise', `${rates[falls]} after ${rates[falls - 1]}`);
  const scored = checkBinaryScores(labels, scores);
  checkTwoOfEach(scored);
  const sensitivitiesOf = resampledSensitivities(scored, rates);
  const source = resampler(labels.length, { strata: scored.labels }, rng);
  const draws = Array.from(rates, () => new Float64Array(resamples)); // [rates][resamples]
  for (let sample = 0; sample < resamples; sample++) {
    sensitivitiesOf(source.draw()).forEach((sensitivity, k) => (draws[k]![sample] = sensitivity));
  }
  const ends = draws.map((values) => percentileEnds(values, level));
  return {
    falsePositiveRate: [...rates],
    truePositiveRate: [...sensitivitiesOf(new Uint32Array(labels.length).fill(1))],
    low: ends.map(({ low }) => low),
    high: ends.map(({ high }) => high),
  };
}

const HUNDREDTHS = Array.from({ length: 101 }, (_, k) => k / 100);
