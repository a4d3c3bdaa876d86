import type { FloatArray } from './floatArray.js';

/**
 * What a gradient says of each voxel, over its channels: `sum` keeps the sign and what all voxels add up to (integrated gradients); `largest` is the
 * largest absolute value (a saliency map as Simonyan et al. 2014 draw it, arXiv:1312.6034).
 *
 * @param attribution - `[b, (d,) h, w, c]`
 * @returns `[b, (d,) h, w]`
 * @example
 * overChannels({ data: Float32Array.of(1, -4, 2, 2), shape: [1, 1, 2, 2] }, 'sum').data; // [-3, 4]
 */
export function overChannels({ data, shape }: FloatArray, how: 'sum' | 'largest'): FloatArray {
  const channels = shape.at(-1)!;
  const merge = how === 'sum' ? (a: number, b: number) => a + b : (a: number, b: number) => Math.max(a, Math.abs(b));
  const map = new Float32Array(data.length / channels);
  for (let i = 0; i < map.length; i++) map[i] = data.subarray(i * channels, (i + 1) * channels).reduce(merge, 0);
  return { data: map, shape: shape.slice(0, -1) };
}
