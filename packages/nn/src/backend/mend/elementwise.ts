import * as tf from '@tensorflow/tfjs';
import { composed, composedWhere } from './kernel.js';

/** `Prelu` with slopes that are broadcast along any axes. */
export const prelu = composed<{ readonly x: tf.Tensor; readonly alpha: tf.Tensor }, object>(({ x, alpha }) => {
  const floats = tf.cast(x, 'float32');
  return tf.where(tf.greaterEqual(floats, 0), floats, tf.mul(floats, alpha));
});

/** `ClipByValue` that keeps what is no number: a diverged training must not look like one that has not. */
export const clipByValue = composed<{ readonly x: tf.Tensor }, { readonly clipValueMin: number; readonly clipValueMax: number }>(
  ({ x }, { clipValueMin, clipValueMax }) => tf.minimum(tf.maximum(x, tf.scalar(clipValueMin, x.dtype)), tf.scalar(clipValueMax, x.dtype)),
);

/** `Cast` to truth: whatever is not zero. */
export const castToTruth = composedWhere<{ readonly x: tf.Tensor }, { readonly dtype: string }>(
  ({ x }, { dtype }) => dtype === 'bool' && x.dtype !== 'bool',
  ({ x }) => tf.notEqual(x, tf.zerosLike(x)),
);

/** `FloorDiv` of integers is an integer. */
export const floorDivOfIntegers = composedWhere<{ readonly a: tf.Tensor; readonly b: tf.Tensor }, object>(
  ({ a, b }) => a.dtype === 'int32' && b.dtype === 'int32',
  ({ a, b }) => tf.cast(tf.floor(tf.div(tf.cast(a, 'float32'), tf.cast(b, 'float32'))), 'int32'),
);

/** `Round` of integers changes none. */
export const roundOfIntegers = composedWhere<{ readonly x: tf.Tensor }, object>(
  ({ x }) => x.dtype === 'int32',
  ({ x }) => tf.clone(x),
);
