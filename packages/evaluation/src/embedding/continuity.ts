import type { Points } from './points.js';
import { trustworthiness, type NeighborhoodOptions } from './trustworthiness.js';

/**
 * How far a picture keeps neighbors together: 1 where each point's `k` nearest are its nearest in the picture too, less for every one that was torn away,
 * by its rank there.
 *
 * @param points - `[n][d]`, finite
 * @param embedding - `[n][any dimension]`, the same cases in the picture
 * @param options - how many neighbors
 * @throws `MgmtError` as {@link trustworthiness}
 * @remarks Venna and Kaski 2001, ICANN, 485: trustworthiness with points and picture exchanged.
 */
export function continuity(points: Points, embedding: Points, options: NeighborhoodOptions = {}): number {
  return trustworthiness(embedding, points, options);
}
