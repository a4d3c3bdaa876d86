import type { BinaryScores } from './checkBinaryScores.js';
import { tieGroups } from './tieGroups.js';

/**
 * For each case the number of cases of the other class from which it lies on the right side, ties counting half: DeLong's placement values, not yet
 * divided. Whole and half numbers, so their sums are exact.
 *
 * One sort and a walk with running counts: what Sun & Xu 2014 (doi:10.1109/LSP.2014.2337313) get from three rankings, O(n log n).
 */
export function pairwiseWins({ labels, scores, positives }: BinaryScores): Float64Array {
  const { order, starts } = tieGroups(scores);
  const wins = new Float64Array(scores.length);
  let negativesBelow = 0;
  let positivesAbove = positives;
  for (let g = 0; g + 1 < starts.length; g++) {
    const group = order.subarray(starts[g], starts[g + 1]);
    let tiedPositives = 0;
    for (const i of group) tiedPositives += labels[i]!;
    const tiedNegatives = group.length - tiedPositives;
    positivesAbove -= tiedPositives;
    for (const i of group) wins[i] = labels[i] === 1 ? negativesBelow + tiedNegatives / 2 : positivesAbove + tiedPositives / 2;
    negativesBelow += tiedNegatives;
  }
  return wins;
}
