import type { Rng } from '@mgmt/core';
import { sfc32 } from './sfc32.js';

/**
 * Numbers uniform between `-bound` and `bound` in bulk, the same on every machine: the 206 million weights of the paper's vision transformer take a
 * second.
 *
 * @param count - how many
 */
export function uniforms(random: Rng, count: number, bound: number): Float32Array {
  const next = sfc32(random);
  const values = new Float32Array(count);
  const unit = bound / 2 ** 31;
  for (let i = 0; i < count; i++) values[i] = next() * unit;
  return values;
}
