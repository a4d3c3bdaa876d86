import { MgmtError, volume, type VolumeShape } from '@mgmt/core';
import { resizeVolume } from '@mgmt/preprocess';
import type { FloatArray } from './floatArray.js';

/**
 * Maps on another grid, linearly between the cells, under the half-pixel-centre rule: cells are areas that share the image's extent, new index `j`
 * lies at old index `(j + 0.5) old / new - 0.5`, and beyond the outermost centres their values stand (PyTorch's `align_corners=False`).
 *
 * @param map - `[b, h, w]` or `[b, d, h, w]`
 * @param grid - `[h', w']` or `[d', h', w']`
 * @returns `[b, ...grid]`
 * @throws `MgmtError` `interpret/bad-grid`
 * @example
 * resizeMap({ data: new Float32Array(2 * 4 * 4), shape: [2, 4, 4] }, [16, 16]).shape; // [2, 16, 16]
 */
export function resizeMap({ data, shape }: FloatArray, grid: readonly number[]): FloatArray {
  const [batch = 0, ...old] = shape;
  if (old.length !== grid.length || (grid.length !== 2 && grid.length !== 3)) {
    throw new MgmtError('the grid has another number of axes than the map', {
      code: 'interpret/bad-grid',
      expected: `[b, h, w] and [h, w], or [b, d, h, w] and [d, h, w]`,
      found: `[${shape.join(', ')}] and [${grid.join(', ')}]`,
    });
  }
  if (grid.length === 2) return { data: resize(data, [batch, ...old] as never, [batch, ...grid] as never), shape: [batch, ...grid] }; // images as slices stay apart
  const size = data.length / batch;
  const newSize = grid.reduce((product, n) => product * n, 1);
  const resized = new Float32Array(batch * newSize);
  for (let i = 0; i < batch; i++) {
    resized.set(resize(data.subarray(i * size, (i + 1) * size), old as never, grid as never), i * newSize);
  }
  return { data: resized, shape: [batch, ...grid] };
}

function resize(data: Float32Array, from: VolumeShape, to: VolumeShape): Float32Array {
  return resizeVolume(volume(data, from), { shape: to }).data;
}
