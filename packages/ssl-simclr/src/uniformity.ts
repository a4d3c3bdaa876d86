import { MgmtError } from '@mgmt/core';
import { type Embeddings, squaredDistance, unitVectors } from './embeddings.js';

/**
 * How evenly embeddings cover the unit sphere: log of the mean over all pairs of `exp(-t d²)`. 0 where all are alike (a collapsed encoder); the lower, the
 * more they are spread.
 *
 * @param embeddings - `[n, dim]`, of any length, of 2 images or more; the time goes by n²
 * @param options - `t`, 2 by default
 * @returns -4 t to 0
 * @throws `MgmtError` `ssl-simclr/bad-embeddings`
 * @remarks Wang & Isola 2020, arXiv:2005.10242, equation 5.
 * @example
 * uniformity({ data: Float32Array.of(1, 0, -4, 0), shape: [2, 2] }); // -8: opposite, at a distance of 2
 */
export function uniformity(embeddings: Embeddings, { t = 2 }: { readonly t?: number } = {}): number {
  const [n, dim] = embeddings.shape;
  if (n < 2) {
    throw new MgmtError('there is no pair of embeddings', { code: 'ssl-simclr/bad-embeddings', expected: '2 or more', found: `${n}` });
  }
  const x = unitVectors(embeddings);
  let sum = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) sum += Math.exp(-t * squaredDistance(x, i, x, j, dim));
  return Math.log(sum / ((n * (n - 1)) / 2));
}
