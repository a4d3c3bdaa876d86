import type { PixelFormat } from '../pixelFormat.js';
import { storedArray, type StoredArray } from '../storedArray.js';

/** Plane after plane to sample beside sample, where the format is planar. */
export function interleaved(values: StoredArray, format: PixelFormat): StoredArray {
  const { planar, samplesPerPixel: samples } = format;
  if (!planar || samples === 1) return values;
  const pixels = values.length / samples;
  const pixelwise = storedArray(format, values.length);
  for (let sample = 0, from = 0; sample < samples; sample++) {
    for (let i = 0, to = sample; i < pixels; i++, to += samples) pixelwise[to] = values[from++]!;
  }
  return pixelwise;
}
