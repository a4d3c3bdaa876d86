import { checkBinaryScores, type BinaryLabel } from '../checkBinaryScores.js';
import { checkCount } from '../checkValues.js';
import { tieGroups } from '../tieGroups.js';
import { labelings, permutationResult, type PermutationOptions, type PermutationResult } from './permute.js';

/**
 * Permutation test of the AUC against guessing: exact for few cases, and without an approximation for many.
 *
 * @param labels - `[n]`, 0 or 1, both present
 * @param scores - `[n]`, finite, larger speaks for class 1; equal scores throughout give p = 1
 * @param options - arrangements, side, and the random stream
 * @returns the AUC as `statistic`, and p
 * @throws `MgmtError` as {@link rocAuc}, and `evaluation/bad-option`
 * @remarks Twice the smaller tail. {@link aucPValue} says nearly the same without draws from about ten cases of each class.
 * @example
 * aucPermutationTest(labels, scores, { keepNull: true, rng: rng(0) }).nullDistribution; // for a figure: [0.53, 0.47, …]
 * aucPermutationTest([0, 0, 1, 1], [0.1, 0.2, 0.3, 0.4], { rng: rng(0) }); // { statistic: 1, p: 0.333, exact: true, arrangements: 6 }
 */
export function aucPermutationTest<Keep extends boolean = false>(
  labels: ArrayLike<BinaryLabel>,
  scores: ArrayLike<number>,
  { permutations = 9999, rng, ...result }: PermutationOptions<Keep>,
): PermutationResult<Keep> {
  checkCount(permutations, 'permutations');
  const { labels: checked, scores: finite, negatives, positives } = checkBinaryScores(labels, scores);
  const ranks = doubledRanks(finite);
  const auc = (dealt: Uint8Array) => {
    let sum = 0;
    for (let i = 0; i < dealt.length; i++) sum += dealt[i]! * ranks[i]!;
    return (sum - positives * (positives + 1)) / (2 * positives * negatives);
  };
  return permutationResult(auc(checked), labelings(checked, permutations, rng), auc, result);
}

/** Twice the ranks from 1 on, ties sharing the middle: whole numbers, so that sums are exact. */
export function doubledRanks(scores: Float64Array): Float64Array {
  const { order, starts } = tieGroups(scores);
  const ranks = new Float64Array(scores.length);
  for (let g = 0; g + 1 < starts.length; g++) {
    for (const i of order.subarray(starts[g], starts[g + 1])) ranks[i] = starts[g]! + starts[g + 1]! + 1;
  }
  return ranks;
}
