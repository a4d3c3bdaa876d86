import type { Rng } from '@mgmt/core';
import { UMAP } from 'umap-js';
import { checkCount, checkOption } from '../checkValues.js';
import { nearestNeighbors } from './nearestNeighbors.js';
import { nextTurn } from './nextTurn.js';
import { checkPoints, type PlanePoint, type Points } from './points.js';

/** Options of {@link umap}. Defaults are those of the Python package `umap-learn`. */
export interface UmapOptions {
  /** Where random numbers come from; equal streams give equal pictures. */
  readonly rng: Rng;
  /** A point's neighborhood, itself among it: at least 2, below n. 15 by default, or n - 1 where that is less. */
  readonly neighbors?: number;
  /** How close points may come in the picture, in the unit of `spread`, which is 1. 0.1 by default; 0 to 1. */
  readonly leastDistance?: number;
  /** Passes over all pairs of neighbors. 500 by default, fewer from 2,500 points on: 400, 300 from 5,000, 200 from 7,500. */
  readonly epochs?: number;
  /** Hears after every ten epochs how many are done. */
  readonly onProgress?: (progress: { readonly done: number; readonly epochs: number }) => void;
  /** Stops at the next ten epochs. */
  readonly signal?: AbortSignal;
}

/**
 * Points on a plane by UMAP, from a random start: a second picture beside {@link tsne}, to see what both show.
 *
 * @param points - `[n][d]`, finite, at least 4
 * @param options - the stream of random numbers, and how
 * @returns `[n]`, where each point lies
 * @throws `MgmtError` `evaluation/too-few`, `evaluation/length-mismatch`, `evaluation/not-finite`, `evaluation/bad-option`; the signal's reason
 * @remarks McInnes, Healy and Melville 2018, arXiv:1802.03426, by the library `umap-js`, with exact neighbors in place of its approximate ones.
 * @example
 * const places = await umap(features, { rng: rng(0) });
 */
export async function umap(points: Points, options: UmapOptions): Promise<PlanePoint[]> {
  const matrix = checkPoints(points, { least: 4 });
  const { n } = matrix;
  const { rng, neighbors = Math.min(15, n - 1), leastDistance = 0.1, epochs, onProgress, signal } = options;
  checkOption(
    Number.isSafeInteger(neighbors) && neighbors >= 2 && neighbors < n,
    'neighbors',
    `an integer of at least 2, below ${n}`,
    neighbors,
  );
  checkOption(leastDistance >= 0 && leastDistance <= 1, 'leastDistance', '0 to 1', leastDistance);
  if (epochs !== undefined) checkCount(epochs, 'epochs');
  signal?.throwIfAborted();

  const others = neighbors - 1;
  const { indices, squared } = nearestNeighbors(matrix, others);
  const rows = Array.from({ length: n }, (_, i) => i);
  const library = new UMAP({
    nNeighbors: neighbors,
    minDist: leastDistance,
    random: () => rng.uniform(),
    ...(epochs && { nEpochs: epochs }),
  });
  library.setPrecomputedKNN(
    rows.map((i) => [i, ...indices.subarray(i * others, (i + 1) * others)]),
    rows.map((i) => [0, ...squared.subarray(i * others, (i + 1) * others).map(Math.sqrt)]),
  );
  const total = library.initializeFit(rows.map((i) => [...matrix.data.subarray(i * matrix.d, (i + 1) * matrix.d)]));
  for (let done = 1; done <= total; done++) {
    library.step();
    if (done % 10 === 0) {
      onProgress?.({ done, epochs: total });
      await nextTurn();
      signal?.throwIfAborted();
    }
  }
  return library.getEmbedding().map(([x, y]) => [x!, y!]);
}
