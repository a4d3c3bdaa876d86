import { MgmtError } from '@mgmt/core';
import { type Embeddings, squaredDistance, unitVectors } from './embeddings.js';

/**
 * How far apart two views of an image lie on the unit sphere: mean of the distance to the power of `alpha`. 0 where an encoder ignores all that the
 * augmentations change; an encoder that ignores everything has 0 too, see `uniformity`.
 *
 * @param first - `[n, dim]`, of any length
 * @param second - of other views of the same images, in the same order
 * @param options - `alpha`, 2 by default
 * @returns 0 to 2^alpha
 * @throws `MgmtError` `ssl-simclr/bad-embeddings`
 * @remarks Wang & Isola 2020, arXiv:2005.10242, equation 4.
 * @example
 * const views = { data: Float32Array.of(3, 0, 0, 1), shape: [2, 2] } as const;
 * alignment(views, { data: Float32Array.of(0, 2, 0, 5), shape: [2, 2] }); // 1: at a right angle, and alike
 */
export function alignment(first: Embeddings, second: Embeddings, { alpha = 2 }: { readonly alpha?: number } = {}): number {
  const [n, dim] = first.shape;
  if (n === 0 || second.shape[0] !== n || second.shape[1] !== dim) {
    throw new MgmtError('these are not two views of the same images', {
      code: 'ssl-simclr/bad-embeddings',
      expected: `[${n}, ${dim}] twice, and not empty`,
      found: `[${second.shape.join(', ')}] the second time`,
    });
  }
  const [x, y] = [unitVectors(first), unitVectors(second)];
  let sum = 0;
  for (let i = 0; i < n; i++) sum += squaredDistance(x, i, y, i, dim) ** (alpha / 2);
  return sum / n;
}
