import { volume, type Volume } from '@mgmt/core';

/**
 * Scales every slice by itself so that its smallest value becomes 0 and its largest 1.
 *
 * A constant slice becomes 0 throughout. NaN and the infinities take no part in finding the range and become 0.
 */
export function minMaxPerSlice({ data, shape, affine }: Volume): Volume<Float32Array> {
  const sliceVoxels = shape[1] * shape[2];
  const result = new Float32Array(data.length);
  for (let first = 0; first < data.length; first += sliceVoxels) {
    const end = first + sliceVoxels;
    let low = Infinity;
    let high = -Infinity;
    for (let p = first; p < end; p++) {
      const value = data[p]!;
      if (value < low && value > -Infinity) low = value;
      if (value > high && value < Infinity) high = value;
    }
    const range = high - low;
    if (!(range > 0)) continue;
    for (let p = first; p < end; p++) {
      const value = data[p]!;
      if (value >= low && value <= high) result[p] = (value - low) / range;
    }
  }
  return volume(result, shape, affine);
}
