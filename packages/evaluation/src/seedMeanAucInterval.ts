import type { Rng } from '@mgmt/core';
import { checkSeedScores, checkTwoOfEach, type BinaryLabel, type BinaryScores } from './checkBinaryScores.js';
import { checkCount, checkLevel } from './checkValues.js';
import type { IntervalOptions } from './delongInterval.js';
import { logitInterval } from './logitScale.js';
import { pairwiseWins } from './pairwiseWins.js';
import { resampledQuantile } from './quantile.js';
import { resampledAuc } from './resampling/resampledAuc.js';
import { resampler } from './resampling/resampler.js';
import { aucOfWins } from './rocAuc.js';

/** What the interval of a mean over seeds needs beside the scores. */
export interface SeedMeanIntervalOptions extends IntervalOptions {
  /** Bootstrap samples. 2,000 by default: from one random stream to the next the ends then move by 0.003 or less (one deviation, 56 and 61 cases). */
  readonly resamples?: number;
  /** Where the draws come from; equal streams give equal intervals. */
  readonly rng: Rng;
}

/** The mean AUC of several models, and where its true value lies. */
export interface SeedMeanInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** `[seeds]`, the AUC of each. */
  readonly perSeed: readonly number[];
}

/**
 * Confidence interval of the mean AUC of several models, as the same training from several seeds, that scored the same cases.
 *
 * Cases are resampled within their class, and each sample is scored by all models: a case that one seed finds easy, the others tend to find easy too,
 * so ten seeds on 117 patients are not 1,170 patients. The interval is the percentile bootstrap's.
 *
 * It covers the choice of patients: the true mean AUC of these very models, on all patients such as these. The models are taken as given; it does not
 * cover which seeds were drawn. Where image and label have no connection that makes no difference, since every model's true AUC is then 0.5; where they
 * have one, the true AUCs differ from seed to seed, and the spread of `perSeed` (which holds the patients' share too) bounds what other seeds would
 * add. Resampling the seeds along with the patients would count the patients' share twice, and is conservative (Owen 2007,
 * doi:10.1214/07-AOAS122).
 *
 * Where all models tell the classes apart perfectly, no resample differs, and the interval is the exact bound of {@link delongInterval}.
 *
 * @param labels - `[n]`, 0 or 1, two of each or more
 * @param scoresBySeed - `[seeds][n]`, finite, larger speaks for class 1; seeds may have different scales
 * @param options - samples, level, and the random stream
 * @throws `MgmtError` as {@link rocAuc}, and `evaluation/too-few`, `evaluation/bad-option`
 * @remarks Percentile bootstrap: Efron & Tibshirani 1993, chapter 13. O(resamples x seeds x n) after one sort a seed.
 * @example
 * seedMeanAucInterval(labels, runs.map((run) => run.scores), { rng: rng(0).child('interval') }); // { mean: 0.52, low: 0.44, high: 0.61, perSeed: [...] }
 */
export function seedMeanAucInterval(
  labels: ArrayLike<BinaryLabel>,
  scoresBySeed: readonly ArrayLike<number>[],
  { resamples = 2000, level = 0.95, rng }: SeedMeanIntervalOptions,
): SeedMeanInterval {
  checkCount(resamples, 'resamples');
  checkLevel(level);
  const seeds = checkSeedScores(labels, scoresBySeed);
  const [first] = seeds as [BinaryScores]; // all share labels
  checkTwoOfEach(first);
  const perSeed = seeds.map((seed) => aucOfWins(seed, pairwiseWins(seed)));
  const mean = perSeed.reduce((sum, auc) => sum + auc, 0) / seeds.length;
  if (mean === 0 || mean === 1) {
    const smallerClass = Math.min(first.negatives, first.positives);
    return { mean, ...logitInterval({ auc: mean, variance: 0, smallerClass }, level), perSeed };
  }
  const source = resampler(labels.length, { strata: first.labels }, rng);
  const aucs = seeds.map(resampledAuc);
  const means = new Float64Array(resamples);
  for (let sample = 0; sample < resamples; sample++) {
    const times = source.draw();
    means[sample] = aucs.reduce((sum, aucOf) => sum + aucOf(times), 0) / seeds.length;
  }
  means.sort();
  return { mean, low: resampledQuantile(means, (1 - level) / 2), high: resampledQuantile(means, (1 + level) / 2), perSeed };
}
