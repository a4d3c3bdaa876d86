import type { FloatArray } from './floatArray.js';

/**
 * Each image's map divided by its largest absolute value, for showing: into [-1, 1], and [0, 1] where nothing is negative. A map of zeros stays.
 * What it takes away is how strong one image's map is beside another's.
 *
 * @param map - `[b, ...]`
 * @example
 * unitScale({ data: Float32Array.of(1, -4, 0, 0), shape: [2, 1, 2] }).data; // [0.25, -1, 0, 0]
 */
export function unitScale<Map extends FloatArray>(map: Map): Map {
  const size = map.data.length / map.shape[0]!;
  const data = new Float32Array(map.data.length);
  for (let start = 0; start < data.length; start += size) {
    const image = map.data.subarray(start, start + size);
    const largest = image.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
    if (largest > 0) image.forEach((value, i) => (data[start + i] = value / largest));
  }
  return { ...map, data };
}
