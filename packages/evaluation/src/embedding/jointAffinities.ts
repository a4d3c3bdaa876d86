import { conditionalAffinities } from './conditionalAffinities.js';
import type { Neighbors } from './nearestNeighbors.js';

/** Which pairs of points belong together, and how much: the probabilities of t-SNE's input, each pair once. */
export interface Affinities {
  /** `[pairs]` each: the first point of each, rising, and the second, larger. */
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** `[pairs]`, p of the pair in one order; the sum over all pairs is 1/2. */
  readonly p: Float64Array;
}

/** The mean of both directions over all points: p_ij = (p_j|i + p_i|j) / 2n. */
export function jointAffinities(neighbors: Neighbors, perplexity: number): Affinities {
  const { indices, k } = neighbors;
  const n = indices.length / k;
  const conditional = conditionalAffinities(neighbors, perplexity);
  const { starts, entries } = whoseNeighbors(indices, n);

  const first: number[] = [];
  const second: number[] = [];
  const p: number[] = [];
  const sum = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const partners = [];
    for (let entry = i * k; entry < (i + 1) * k; entry++) {
      const j = indices[entry]!;
      if (j > i) {
        sum[j] = conditional[entry]!;
        partners.push(j);
      }
    }
    for (let at = starts[i]!; at < starts[i + 1]!; at++) {
      const j = Math.floor(entries[at]! / k);
      if (j < i) continue;
      if (sum[j] === 0) partners.push(j);
      sum[j]! += conditional[entries[at]!]!;
    }
    for (const j of partners) {
      if (sum[j]! > 0) {
        first.push(i);
        second.push(j);
        p.push(sum[j]! / (2 * n));
      }
      sum[j] = 0;
    }
  }
  return { first: Int32Array.from(first), second: Int32Array.from(second), p: Float64Array.from(p) };
}

/** For each point the places in `indices` at which it is somebody's neighbor: those from `starts[i]` to before `starts[i + 1]`. */
function whoseNeighbors(indices: Int32Array, n: number): { readonly starts: Int32Array; readonly entries: Int32Array } {
  const starts = new Int32Array(n + 1);
  for (const j of indices) starts[j + 1]!++;
  for (let i = 0; i < n; i++) starts[i + 1]! += starts[i]!;
  const filled = starts.slice(0, n);
  const entries = new Int32Array(indices.length);
  indices.forEach((j, entry) => (entries[filled[j]!++] = entry));
  return { starts, entries };
}
