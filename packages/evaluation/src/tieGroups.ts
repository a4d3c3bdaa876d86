/** Scores in rising order, equal ones together. */
export interface TieGroups {
  /** `[n]`, indices of the scores, rising. */
  readonly order: Uint32Array;
  /** `[groups + 1]`, group g is `order[starts[g]]` up to, not including, `order[starts[g + 1]]`. */
  readonly starts: readonly number[];
}

/** Sorts once, so that whatever walks along the scores afterwards is linear and counts ties rightly. `scores` are finite. */
export function tieGroups(scores: Float64Array): TieGroups {
  const order = new Uint32Array(scores.length).map((_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  const starts: number[] = [];
  for (let k = 0; k < order.length; k++) {
    if (k === 0 || scores[order[k]!] !== scores[order[k - 1]!]) starts.push(k);
  }
  return { order, starts: [...starts, order.length] };
}
