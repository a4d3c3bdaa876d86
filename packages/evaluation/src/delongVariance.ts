import { checkBinaryScores, type BinaryLabel } from './checkBinaryScores.js';
import { delongEstimate } from './delongEstimate.js';

/**
 * Variance of the AUC over samples of cases, estimated without assuming a distribution of the scores.
 *
 * @param labels - `[n]`, 0 or 1, two of each or more
 * @param scores - `[n]`, finite, larger speaks for class 1
 * @returns 0 or more; 0 only where the classes are told apart perfectly or all scores are equal, and then it says nothing ({@link delongInterval} does)
 * @throws `MgmtError` as {@link rocAuc}, and `evaluation/too-few`
 * @remarks DeLong et al. 1988, doi:10.2307/2531595; O(n log n) as Sun & Xu 2014, doi:10.1109/LSP.2014.2337313.
 * @example
 * delongVariance([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]); // 0.125
 */
export function delongVariance(labels: ArrayLike<BinaryLabel>, scores: ArrayLike<number>): number {
  return delongEstimate([checkBinaryScores(labels, scores)]).variance;
}
