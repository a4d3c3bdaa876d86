import * as tf from '@tensorflow/tfjs';
import { type RawAttribute, rawAttributes, type RawOps } from './rawOps.js';

/** The label under which TensorFlow keeps oneDNN's kernels, for operations that are called by oneDNN's own names. */
export const oneDnn = (raw: RawOps): RawAttribute => rawAttributes.text(raw, '_kernel', 'MklNameChangeOp');

/**
 * Whether this TensorFlow computes something on the CPU with oneDNN; tried once, since neither its version nor its build says so.
 *
 * @param tries - computes it once and looks at the result; may throw
 */
export function oneDnnHas(tries: (raw: RawOps) => boolean): (raw: RawOps) => boolean {
  const tried = new WeakMap<RawOps, boolean>();
  const succeeds = (raw: RawOps) =>
    tf.tidy(() => {
      try {
        return tries(raw);
      } catch {
        return false;
      }
    });
  return (raw) => {
    let known = tried.get(raw);
    if (known === undefined) {
      known = !raw.usesGpu && succeeds(raw);
      tried.set(raw, known);
    }
    return known;
  };
}
