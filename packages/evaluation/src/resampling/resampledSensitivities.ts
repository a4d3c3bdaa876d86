import type { BinaryScores } from '../checkBinaryScores.js';
import { tieGroups } from '../tieGroups.js';

/**
 * Sorts once; then gives the sensitivities of any resample with both classes, told how often each case is in it, at rates of false positives that rise.
 *
 * At a rate where the curve rises straight up, the sensitivity is that at the top: the best there is without more false positives. The array is the same
 * at every call.
 */
export function resampledSensitivities(
  { labels, scores, negatives, positives }: BinaryScores,
  rates: Float64Array,
): (times: Uint32Array) => Float64Array {
  const { order, starts } = tieGroups(scores);
  const allowed = rates.map((rate) => wholeIfNear(rate * negatives)); // false positives; a stratified resample has as many cases of each class
  const sensitivities = new Float64Array(rates.length);
  return (times) => {
    let falses = 0;
    let trues = 0;
    let k = 0;
    for (let g = starts.length - 2; g >= 0; g--) {
      let tiedFalses = 0;
      let tiedTrues = 0;
      for (let j = starts[g]!; j < starts[g + 1]!; j++) {
        const i = order[j]!;
        if (labels[i] === 1) tiedTrues += times[i]!;
        else tiedFalses += times[i]!;
      }
      for (; k < rates.length && allowed[k]! < falses + tiedFalses; k++) {
        sensitivities[k] = (trues + (tiedTrues * (allowed[k]! - falses)) / tiedFalses) / positives;
      }
      falses += tiedFalses;
      trues += tiedTrues;
    }
    return sensitivities.fill(1, k);
  };
}

/** 29 for 0.29 * 100, which is a little less: a step of the curve must not be missed by rounding. */
function wholeIfNear(count: number): number {
  const whole = Math.round(count);
  return Math.abs(count - whole) < 1e-9 ? whole : count;
}
