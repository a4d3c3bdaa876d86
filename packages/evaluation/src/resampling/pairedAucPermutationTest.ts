import { checkSeedScores, type BinaryLabel, type BinaryScores } from '../checkBinaryScores.js';
import { checkCount } from '../checkValues.js';
import { tieGroups } from '../tieGroups.js';
import { doubledRanks } from './aucPermutationTest.js';
import { permutationResult, swaps, type PermutationOptions, type PermutationResult } from './permute.js';

/**
 * Permutation test of the difference of two AUCs on the same cases: in each arrangement the two models' ranks of some cases are swapped. Ranks, so that the
 * models may have different scales.
 *
 * Its null hypothesis is more than equal AUCs: that the two models' ranks are exchangeable. Two models of one AUC, one of which is surer of some cases, can
 * be told apart.
 *
 * @param labels - `[n]`, 0 or 1, both present
 * @param first - `[n]`, finite, larger speaks for class 1
 * @param second - `[n]`, of the same cases; ranked alike, p is 1
 * @param options - arrangements, side, and the random stream
 * @returns the difference of the AUCs, first less second, as `statistic`, and p
 * @throws `MgmtError` as {@link rocAuc}, and `evaluation/bad-option`
 * @remarks Bandos et al. 2005, doi:10.1002/sim.2149. O(permutations x n) after one sort.
 * @example
 * pairedAucPermutationTest(labels, resnet, vit, { rng: rng(0) }).p; // 0.47
 */
export function pairedAucPermutationTest<Keep extends boolean = false>(
  labels: ArrayLike<BinaryLabel>,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  { permutations = 9999, rng, ...result }: PermutationOptions<Keep>,
): PermutationResult<Keep> {
  checkCount(permutations, 'permutations');
  const models = checkSeedScores(labels, [first, second], 'model') as [BinaryScores, BinaryScores];
  const difference = swappedDifference(models);
  const n = labels.length;
  return permutationResult(difference(new Uint8Array(n)), swaps(n, permutations, rng), difference, result);
}

/** Sorts the ranks of both models together once; then gives the difference of the AUCs of any swap in one walk, which counts for both at a time. */
function swappedDifference([a, b]: readonly [BinaryScores, BinaryScores]): (swap: Uint8Array) => number {
  const { labels, negatives, positives } = a;
  const n = labels.length;
  const { order, starts } = tieGroups(Float64Array.from([...doubledRanks(a.scores), ...doubledRanks(b.scores)]));
  const cases = order.map((k) => k % n);
  const groups = Uint8Array.from(order, (k) => (k < n ? 0 : 2) + labels[k % n]!); // 0 and 1: the classes by the first model; 2 and 3: by the second
  const tied = new Uint32Array(4); // by group
  return (swap) => {
    let won = 0; // pairs, by the first model less by the second
    let below = 0; // cases of class 0 by the first model, so far
    let otherBelow = 0; // by the second
    for (let g = 0; g + 1 < starts.length; g++) {
      tied.fill(0);
      for (let k = starts[g]!; k < starts[g + 1]!; k++) tied[groups[k]! ^ (2 * swap[cases[k]!]!)]!++;
      won += tied[1]! * (below + tied[0]! / 2) - tied[3]! * (otherBelow + tied[2]! / 2);
      below += tied[0]!;
      otherBelow += tied[2]!;
    }
    return won / (negatives * positives);
  };
}
