import { checkOption } from '../checkValues.js';
import { nearestNeighbors } from './nearestNeighbors.js';
import { checkSameCases, type Points } from './points.js';
import { squaredDistances } from './squaredDistances.js';

/** How far neighborhoods go. */
export interface NeighborhoodOptions {
  /** Neighbors of each point that count, fewer than half of the points. 5 by default. */
  readonly k?: number;
}

/**
 * How far neighbors in a picture are to be trusted: 1 where each point's `k` nearest there are its nearest among the points themselves, less for every
 * stranger by its rank, about 0.5 for a picture at random.
 *
 * Equally distant points share the best of their ranks; of equally near places in the picture those with the lower index are the neighbors.
 *
 * @param points - `[n][d]`, finite
 * @param embedding - `[n][any dimension]`, the same cases in the picture
 * @param options - how many neighbors
 * @throws `MgmtError` `evaluation/too-few`, `evaluation/length-mismatch`, `evaluation/not-finite`, `evaluation/bad-option`
 * @remarks Venna and Kaski 2001, ICANN, 485. As scikit-learn's `trustworthiness`. {@link continuity} asks the other way round.
 */
export function trustworthiness(points: Points, embedding: Points, { k = 5 }: NeighborhoodOptions = {}): number {
  const [before, after] = checkSameCases(points, embedding);
  const { n } = before;
  checkOption(Number.isSafeInteger(k) && k >= 1 && k < n / 2, 'k', `an integer of at least 1, below ${n / 2}`, k);
  const { indices } = nearestNeighbors(after, k);
  const distances = new Float64Array(n);
  let penalty = 0;
  for (let i = 0; i < n; i++) {
    squaredDistances(before, i, distances);
    distances[i] = -1; // itself comes first, so that the others' ranks begin with 1
    for (let place = i * k; place < (i + 1) * k; place++) penalty += Math.max(0, rank(distances, distances[indices[place]!]!) - k);
  }
  return 1 - (2 * penalty) / (n * k * (2 * n - 3 * k - 1));
}

function rank(distances: Float64Array, distance: number): number {
  let nearer = 0;
  for (const other of distances) if (other < distance) nearer++;
  return nearer;
}
