import type { PointMatrix } from './points.js';
import { squaredDistances } from './squaredDistances.js';

/** The nearest other points of each point, nearest first. */
export interface Neighbors {
  /** `[n, k]`, which they are. */
  readonly indices: Int32Array;
  /** `[n, k]`, squared Euclidean distances. */
  readonly squared: Float64Array;
  readonly k: number;
}

/**
 * The `k` nearest neighbors of every point, the point itself not among them; of equally distant points those with the lower index. Exact: every pair is
 * looked at once, and `k` a point are remembered.
 */
export function nearestNeighbors(points: PointMatrix, k: number): Neighbors {
  const { n } = points;
  const kept: Neighbors = { indices: new Int32Array(n * k), squared: new Float64Array(n * k).fill(Infinity), k };
  const distances = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    squaredDistances(points, i, distances, i + 1);
    for (let j = i + 1; j < n; j++) {
      const squared = distances[j]!;
      if (squared < kept.squared[i * k]!) keep(kept, i, j, squared);
      if (squared < kept.squared[j * k]!) keep(kept, j, i, squared);
    }
  }
  return sorted(kept, n);
}

/**
 * Puts a neighbor in the place of the farthest that is kept of this point: the top of a heap, the farthest first. Candidates come by rising index, so
 * that among the equally far those that are kept have the lower ones, but for which of them leaves: the highest, which is nearer the top.
 */
function keep({ indices, squared, k }: Neighbors, point: number, neighbor: number, distance: number): void {
  const top = point * k;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= k) break;
    if (child + 1 < k && isFarther(squared, indices, top + child + 1, top + child)) child++;
    if (squared[top + child]! < distance || (squared[top + child] === distance && indices[top + child]! < neighbor)) break;
    squared[top + at] = squared[top + child]!;
    indices[top + at] = indices[top + child]!;
    at = child;
  }
  squared[top + at] = distance;
  indices[top + at] = neighbor;
}

const isFarther = (squared: Float64Array, indices: Int32Array, a: number, b: number) =>
  squared[a]! > squared[b]! || (squared[a] === squared[b] && indices[a]! > indices[b]!);

function sorted({ indices, squared, k }: Neighbors, n: number): Neighbors {
  const result: Neighbors = { indices: new Int32Array(n * k), squared: new Float64Array(n * k), k };
  const order = Int32Array.from({ length: k }, (_, i) => i);
  for (let i = 0; i < n; i++) {
    const own = squared.subarray(i * k, (i + 1) * k);
    const which = indices.subarray(i * k, (i + 1) * k);
    order.sort((a, b) => own[a]! - own[b]! || which[a]! - which[b]!);
    order.forEach((from, to) => {
      result.indices[i * k + to] = which[from]!;
      result.squared[i * k + to] = own[from]!;
    });
  }
  return result;
}
