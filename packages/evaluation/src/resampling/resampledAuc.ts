import type { BinaryScores } from '../checkBinaryScores.js';
import { tieGroups } from '../tieGroups.js';

/**
 * Sorts once; then gives the AUC of any resample, told how often each case is in it, in one walk. NaN of a resample that lacks a class.
 */
export function resampledAuc({ labels, scores }: BinaryScores): (times: Uint32Array) => number {
  const { order, starts } = tieGroups(scores);
  const positive = Uint8Array.from(order, (i) => labels[i]!); // class, in the order of scores
  return (times) => {
    let wins = 0;
    let negativesBelow = 0;
    let positives = 0;
    for (let g = 0; g + 1 < starts.length; g++) {
      let tiedPositives = 0;
      let tiedNegatives = 0;
      for (let k = starts[g]!; k < starts[g + 1]!; k++) {
        if (positive[k] === 1) tiedPositives += times[order[k]!]!;
        else tiedNegatives += times[order[k]!]!;
      }
      wins += tiedPositives * (negativesBelow + tiedNegatives / 2);
      negativesBelow += tiedNegatives;
      positives += tiedPositives;
    }
    return wins / (positives * negativesBelow);
  };
}
