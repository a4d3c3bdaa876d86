import type { BinaryLabel } from './checkBinaryScores.js';
import { precisionRecallCurve } from './precisionRecallCurve.js';

/**
 * Average precision: the precision at each threshold, weighted by the recall gained there.
 *
 * @param labels - `[n]`, 0 or 1, both present
 * @param scores - `[n]`, finite, larger speaks for class 1
 * @returns in (0, 1]; guessing, and equal scores exactly, give the share of class 1
 * @throws `MgmtError` as {@link rocAuc}
 * @remarks scikit-learn's `average_precision_score`, without interpolation.
 * @example
 * averagePrecision([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]); // 0.833
 */
export function averagePrecision(labels: ArrayLike<BinaryLabel>, scores: ArrayLike<number>): number {
  const { precisions, recalls } = precisionRecallCurve(labels, scores);
  return precisions.reduce((sum, precision, k) => sum + (k === 0 ? 0 : precision * (recalls[k]! - recalls[k - 1]!)), 0);
}
