import { MgmtError } from '@mgmt/core';
import { type Embeddings, squaredDistance, unitVectors } from './embeddings.js';

/** Options of {@link nearestNeighborAccuracy}. */
export interface NearestNeighborOptions {
  /** Neighbors that vote, 1 by default; of equal votes the class of the nearest one among them wins. */
  readonly k?: number;
  /** `[n]`, the patient of each embedding: slices of the patient itself are no neighbors, for they are alike whatever the encoder has learned. */
  readonly patients?: readonly string[];
}

/**
 * The share of images whose label their nearest others bear, by angle: what an encoder knows of something it was never told, such as the modality or the
 * scanner. Each image is left out in turn.
 *
 * @param embeddings - `[n, dim]`; the time goes by n²
 * @param labels - `[n]`
 * @returns 0 to 1; guessing the most frequent label is what to compare with
 * @throws `MgmtError` `ssl-simclr/bad-embeddings` where labels or patients are not as many; `ssl-simclr/too-few-neighbors` where an image has fewer than k
 * @remarks Wu et al. 2018, arXiv:1805.01978, without its weights.
 * @example
 * const embeddings = { data: Float32Array.of(1, 0, 9, 1, 0, 1, 1, 8), shape: [4, 2] } as const;
 * nearestNeighborAccuracy(embeddings, ['FLAIR', 'FLAIR', 'T1w', 'T1w']); // 1
 */
export function nearestNeighborAccuracy(
  embeddings: Embeddings,
  labels: readonly (string | number)[],
  { k = 1, patients }: NearestNeighborOptions = {},
): number {
  const [n, dim] = embeddings.shape;
  if (n === 0 || labels.length !== n || (patients && patients.length !== n)) {
    throw new MgmtError('labels and embeddings do not belong together', {
      code: 'ssl-simclr/bad-embeddings',
      expected: `${n} labels (and patients), and not none`,
      found: `${labels.length} labels${patients ? `, ${patients.length} patients` : ''}`,
    });
  }
  const x = unitVectors(embeddings);
  const isOther = (i: number, j: number) => (patients ? patients[i] !== patients[j] : i !== j);
  let right = 0;
  for (let i = 0; i < n; i++) {
    const others = labels.flatMap((label, j) => (isOther(i, j) ? [{ label, distance: squaredDistance(x, i, x, j, dim) }] : []));
    if (others.length < k) throw tooFew(others.length, k);
    if (vote(nearest(others, k)) === labels[i]) right++;
  }
  return right / n;
}

interface Neighbor {
  readonly label: string | number;
  readonly distance: number;
}

const nearest = (others: readonly Neighbor[], k: number) => [...others].sort((a, b) => a.distance - b.distance).slice(0, k);

/** Neighbors are in order, and a map keeps the order in which labels came. */
function vote(neighbors: readonly Neighbor[]): string | number {
  const votes = new Map<string | number, number>();
  for (const { label } of neighbors) votes.set(label, (votes.get(label) ?? 0) + 1);
  return [...votes].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

function tooFew(found: number, k: number): MgmtError {
  return new MgmtError('an image has too few neighbors', {
    code: 'ssl-simclr/too-few-neighbors',
    expected: `${k} or more from other patients`,
    found: `${found}`,
  });
}
