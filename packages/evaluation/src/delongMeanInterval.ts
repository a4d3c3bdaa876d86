import { checkSeedScores, type BinaryLabel } from './checkBinaryScores.js';
import { checkLevel } from './checkValues.js';
import type { IntervalOptions } from './delongInterval.js';
import { delongEstimate } from './delongEstimate.js';
import { logitInterval } from './logitScale.js';
import type { SeedMeanInterval } from './seedMeanAucInterval.js';

/** The mean AUC of several models, its interval, and the variance that it was made from. */
export interface DelongMeanInterval extends SeedMeanInterval {
  /** Of the mean AUC, over samples of cases. */
  readonly variance: number;
}

/**
 * Confidence interval of the mean AUC of several models that scored the same cases: what {@link seedMeanAucInterval} finds by resampling, in closed
 * form, without randomness, and covering the same. Of one model it is {@link delongInterval}.
 *
 * @param labels - `[n]`, 0 or 1, two of each or more
 * @param scoresBySeed - `[seeds][n]`, finite, larger speaks for class 1
 * @param options - the level
 * @throws `MgmtError` as {@link rocAuc}, and `evaluation/too-few`, `evaluation/bad-option`
 * @remarks The contrast with equal weights of DeLong et al. 1988, doi:10.2307/2531595, on the logit scale.
 * @example
 * const { mean, low, high } = delongMeanInterval(labels, runs.map((run) => run.scores));
 */
export function delongMeanInterval(
  labels: ArrayLike<BinaryLabel>,
  scoresBySeed: readonly ArrayLike<number>[],
  { level = 0.95 }: IntervalOptions = {},
): DelongMeanInterval {
  checkLevel(level);
  const seeds = checkSeedScores(labels, scoresBySeed);
  const { mean, variance, perSeed } = delongEstimate(seeds);
  const smallerClass = Math.min(seeds[0]!.negatives, seeds[0]!.positives);
  return { mean, variance, ...logitInterval({ auc: mean, variance, smallerClass }, level), perSeed };
}
