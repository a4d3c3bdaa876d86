import { checkBinaryScores, type BinaryLabel } from './checkBinaryScores.js';
import { checkLevel } from './checkValues.js';
import { delongEstimate } from './delongEstimate.js';
import { logitInterval } from './logitScale.js';

/** How sure an interval is. */
export interface IntervalOptions {
  /** Share of samples whose interval holds the true value, between 0 and 1. 0.95 by default, by custom. */
  readonly level?: number;
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
 * It is Wald's on the logit scale, so it never leaves [0, 1] and is mirrored when the classes are swapped. Where the classes are told apart
 * perfectly, DeLong's variance is 0 and would claim certainty; there the interval is the exact bound from the independent pairs,
 * `(1 - level) / 2` to the power of one over the size of the smaller class, to 1 (`[0.936, 1]` for 56 and 61). Equal scores throughout give
 * `[0.5, 0.5]`: such a model cannot tell any cases apart.
 *
 * @param labels - `[n]`, 0 or 1, two of each or more
 * @param scores - `[n]`, finite, larger speaks for class 1
 * @param options - the level
 * @throws `MgmtError` as {@link rocAuc}, and `evaluation/too-few`, `evaluation/bad-option`
 * @remarks DeLong et al. 1988, doi:10.2307/2531595; on the logit scale Qin & Hotilovac 2008, doi:10.1177/0962280207087173.
 * @example
 * delongInterval(labels, scores); // { auc: 0.53, variance: 0.0029, low: 0.42, high: 0.63 }
 */
export function delongInterval(
  labels: ArrayLike<BinaryLabel>,
  scores: ArrayLike<number>,
  { level = 0.95 }: IntervalOptions = {},
): AucInterval {
  checkLevel(level);
  const checked = checkBinaryScores(labels, scores);
  const { mean: auc, variance } = delongEstimate([checked]);
  const smallerClass = Math.min(checked.negatives, checked.positives);
  return { auc, variance, ...logitInterval({ auc, variance, smallerClass }, level) };
}
