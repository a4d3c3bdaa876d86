import { volume, type Volume } from '@mgmt/core';
import { finiteRange } from './finiteRange.js';

/**
 * Scales the volume so that its smallest value becomes 0 and its largest 1.
 *
 * A constant volume becomes 0 throughout. NaN and the infinities take no part in finding the range and become 0.
 */
export function minMax({ data, shape, affine }: Volume): Volume<Float32Array> {
  const result = new Float32Array(data.length);
  const { low, high } = finiteRange(data);
  const perUnit = 1 / (high - low);
  if (!(high > low)) return volume(result, shape, affine);
  for (let p = 0; p < data.length; p++) {
    const value = data[p]!;
    if (value >= low && value <= high) result[p] = (value - low) * perUnit;
  }
  return volume(result, shape, affine);
}
