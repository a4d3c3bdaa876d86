import { checkBinaryScores, type BinaryLabel, type BinaryScores } from './checkBinaryScores.js';
import { pairwiseWins } from './pairwiseWins.js';

/**
 * Area under the ROC curve: the chance that a random case of class 1 scores above a random case of class 0, ties counting half.
 *
 * @param labels - `[n]`, 0 or 1, both present
 * @param scores - `[n]`, finite, larger speaks for class 1; any monotone scale will do, probabilities are not needed
 * @returns in [0, 1]; 0.5 says nothing was told apart
 * @throws `MgmtError` `evaluation/one-class`, `evaluation/length-mismatch`, `evaluation/not-finite`, `evaluation/bad-label`, `evaluation/empty`
 * @remarks Mann and Whitney's U over the number of pairs, O(n log n). Hanley & McNeil 1982, doi:10.1148/radiology.143.1.7063747.
 * @example
 * rocAuc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]); // 0.75
 */
export function rocAuc(labels: ArrayLike<BinaryLabel>, scores: ArrayLike<number>): number {
  const checked = checkBinaryScores(labels, scores);
  return aucOfWins(checked, pairwiseWins(checked));
}

/** The share of pairs won: the sum of the wins of class 1 over the number of pairs. */
export function aucOfWins({ labels, negatives, positives }: BinaryScores, wins: Float64Array): number {
  let won = 0;
  for (let i = 0; i < wins.length; i++) won += labels[i]! * wins[i]!;
  return won / (positives * negatives);
}
