import { checkBinaryScores, type BinaryLabel } from './checkBinaryScores.js';
import { checkLevel } from './checkValues.js';
import { delongEstimate } from './delongEstimate.js';
import { logitInterval } from './logitScale.js';
import { normalQuantile } from './normal.js';

/** How sure an interval is. */
export interface IntervalOptions {
  /** Share of samples whose interval holds the true value, between 0 and 1. 0.95 by default, by custom. */
  readonly level?: number;
}

/** How sure an interval is, and on which scale it is even. */
export interface DelongIntervalOptions extends IntervalOptions {
  /**
   * `logit` (the default): stays within [0, 1] and keeps its level near the ends. `linear`: Wald's plain one cut off at 0 and 1, as pROC's `ci.auc`, for
   * comparison with other work.
   */
  readonly scale?: 'logit' | 'linear';
}

/** An AUC, and where the true one lies. */
export interface AucInterval {
  readonly auc: number;
  /** DeLong's, of the AUC itself. */
  readonly variance: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Confidence interval of one model's AUC over the cases it might have been tested on.
 *
 * By default it is Wald's on the logit scale, so it never leaves [0, 1] and is mirrored when the classes are swapped. Where the classes are told apart
 * perfectly, DeLong's variance is 0 and would claim certainty; there the interval is the exact bound from the independent pairs,
 * `(1 - level) / 2` to the power of one over the size of the smaller class, to 1 (`[0.936, 1]` for 56 and 61). Equal scores throughout give
 * `[0.5, 0.5]`: such a model cannot tell any cases apart.
 *
 * @param labels - `[n]`, 0 or 1, two of each or more
 * @param scores - `[n]`, finite, larger speaks for class 1
 * @param options - the level and the scale
 * @throws `MgmtError` as {@link rocAuc}, and `evaluation/too-few`, `evaluation/bad-option`
 * @remarks DeLong et al. 1988, doi:10.2307/2531595; on the logit scale Qin & Hotilovac 2008, doi:10.1177/0962280207087173.
 * @example
 * delongInterval(labels, scores); // { auc: 0.53, variance: 0.0029, low: 0.42, high: 0.63 }
 */
export function delongInterval(
  labels: ArrayLike<BinaryLabel>,
  scores: ArrayLike<number>,
  { level = 0.95, scale = 'logit' }: DelongIntervalOptions = {},
): AucInterval {
  checkLevel(level);
  const checked = checkBinaryScores(labels, scores);
  const { mean: auc, variance } = delongEstimate([checked]);
  if (scale === 'linear' && auc > 0 && auc < 1) {
    const half = normalQuantile((1 + level) / 2) * Math.sqrt(variance);
    return { auc, variance, low: Math.max(0, auc - half), high: Math.min(1, auc + half) };
  }
  const smallerClass = Math.min(checked.negatives, checked.positives);
  return { auc, variance, ...logitInterval({ auc, variance, smallerClass }, level) };
}
