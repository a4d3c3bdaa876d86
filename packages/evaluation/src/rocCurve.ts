import { checkBinaryScores, type BinaryLabel } from './checkBinaryScores.js';
import { tieGroups } from './tieGroups.js';

/** Points of an ROC curve, from (0, 0) to (1, 1), one for each distinct score and the first. */
export interface RocCurve {
  /** `[points]`, share of class 0 scored at or above the threshold, rising. */
  readonly falsePositiveRates: readonly number[];
  /** `[points]`, share of class 1 scored at or above the threshold, rising. */
  readonly truePositiveRates: readonly number[];
  /** `[points]`, falling from Infinity, which nothing reaches, over every distinct score. */
  readonly thresholds: readonly number[];
}

/**
 * The ROC curve: both rates as the threshold falls. Cases with equal scores enter together, so a tie is a slope and not a step; the area under the
 * straight lines between the points is `rocAuc`.
 *
 * @param labels - `[n]`, 0 or 1, both present
 * @param scores - `[n]`, finite, larger speaks for class 1
 * @throws `MgmtError` as {@link rocAuc}
 * @remarks As scikit-learn's `roc_curve` with `drop_intermediate=False`.
 * @example
 * rocCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).truePositiveRates; // [0, 0.5, 0.5, 1, 1]
 */
export function rocCurve(labels: ArrayLike<BinaryLabel>, scores: ArrayLike<number>): RocCurve {
  const checked = checkBinaryScores(labels, scores);
  const { order, starts } = tieGroups(checked.scores);
  const falsePositiveRates = [0];
  const truePositiveRates = [0];
  const thresholds = [Infinity];
  let trues = 0;
  for (let g = starts.length - 2; g >= 0; g--) {
    for (const i of order.subarray(starts[g], starts[g + 1])) trues += checked.labels[i]!;
    const reached = order.length - starts[g]!;
    falsePositiveRates.push((reached - trues) / checked.negatives);
    truePositiveRates.push(trues / checked.positives);
    thresholds.push(checked.scores[order[starts[g]!]!]!);
  }
  return { falsePositiveRates, truePositiveRates, thresholds };
}
