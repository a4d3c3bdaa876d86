import { checkBinaryScores, type BinaryLabel } from './checkBinaryScores.js';
import { tieGroups } from './tieGroups.js';

/** Points of a precision-recall curve, one for each distinct score and the first. */
export interface PrecisionRecallCurve {
  /** `[points]`, share of class 1 among the cases scored at or above the threshold; 1 at the first, where there are none. */
  readonly precisions: readonly number[];
  /** `[points]`, share of class 1 scored at or above the threshold, rising from 0 to 1. */
  readonly recalls: readonly number[];
  /** `[points]`, falling from Infinity over every distinct score. */
  readonly thresholds: readonly number[];
}

/**
 * Precision and recall as the threshold falls. The level of guessing is the share of class 1, not 0.5; between its points the curve is not straight, so
 * its summary is {@link averagePrecision}, not an area of trapezoids (Davis & Goadrich 2006, doi:10.1145/1143844.1143874).
 *
 * @param labels - `[n]`, 0 or 1, both present
 * @param scores - `[n]`, finite, larger speaks for class 1
 * @throws `MgmtError` as {@link rocAuc}
 * @remarks scikit-learn's `precision_recall_curve`, in the order of {@link rocCurve}: thresholds fall.
 * @example
 * precisionRecallCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).precisions; // [1, 1, 0.5, 0.667, 0.5]
 */
export function precisionRecallCurve(labels: ArrayLike<BinaryLabel>, scores: ArrayLike<number>): PrecisionRecallCurve {
  const checked = checkBinaryScores(labels, scores);
  const { order, starts } = tieGroups(checked.scores);
  const precisions = [1];
  const recalls = [0];
  const thresholds = [Infinity];
  let trues = 0;
  for (let g = starts.length - 2; g >= 0; g--) {
    for (const i of order.subarray(starts[g], starts[g + 1])) trues += checked.labels[i]!;
    precisions.push(trues / (order.length - starts[g]!));
    recalls.push(trues / checked.positives);
    thresholds.push(checked.scores[order[starts[g]!]!]!);
  }
  return { precisions, recalls, thresholds };
}
