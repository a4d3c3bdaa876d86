import * as tf from '@tensorflow/tfjs';
import { rawAttributes, type RawOps } from '../backend/rawOps.js';
import { matrices } from './pointwise.js';
import { padRaw, sliceRaw } from './slice.js';

/**
 * The gradient of a convolution by its filter as a matrix product: what lies under each tap of the window, side by side, times the gradient of the output.
 * For a stride of 1 and TensorFlow's SAME.
 *
 * @param x - `[b, h, w, c]`
 * @param dy - `[b, h, w, out]`
 * @param shape - `[kh, kw, c, out]`
 */
export function filterGradientOfPatches(raw: RawOps, x: tf.Tensor, dy: tf.Tensor, shape: readonly number[]): tf.Tensor {
  const [kh, kw] = shape as [number, number];
  const around = (n: number) => [(n - 1) >> 1, n >> 1] as const; // zeros before and after, as SAME has them
  const padded = padRaw(raw, x, [[0, 0], around(kh), around(kw), [0, 0]]);
  const taps = Array.from({ length: kh * kw }, (_, tap) => sliceRaw(raw, padded, [0, Math.floor(tap / kw), tap % kw, 0], x.shape));
  const axis = tf.scalar(3, 'int32');
  const attributes = [rawAttributes.typeOf(raw, x), rawAttributes.integerType(raw, 'Tidx'), rawAttributes.integer(raw, 'N', taps.length)];
  const [patches] = raw.run('ConcatV2', attributes, [...taps, axis], 1); // [b, h, w, kh kw c]
  const gradient = matrices(patches!, dy, shape, 'a'); // [b h w, kh kw c]^T [b h w, out]
  tf.dispose([padded, axis, patches!, ...taps]);
  return gradient;
}
