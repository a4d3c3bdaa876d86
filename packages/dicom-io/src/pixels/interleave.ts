import type { StoredArray } from './storedArray.js';

/** Plane after plane to sample beside sample, in place. */
export function interleave(values: StoredArray, samples: number): void {
  const planes = values.slice();
  const pixels = values.length / samples;
  for (let sample = 0, from = 0; sample < samples; sample++) {
    for (let i = 0, to = sample; i < pixels; i++, to += samples) values[to] = planes[from++]!;
  }
}
