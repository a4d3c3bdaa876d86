import * as tf from '@tensorflow/tfjs';

/**
 * Multiplies every line of a tensor along one axis by a matrix: how whatever is separable (a filter, a resize, a Fourier transform) runs at the speed of
 * matrix products, on every backend.
 *
 * @param x - `[..., n, ...]`
 * @param matrix - `[m, n]`
 * @returns `[..., m, ...]`
 */
export function alongAxis(x: tf.Tensor, axis: number, matrix: tf.Tensor2D): tf.Tensor {
  const [m, n] = matrix.shape;
  const before = tf.util.sizeFromShape(x.shape.slice(0, axis));
  const after = tf.util.sizeFromShape(x.shape.slice(axis + 1));
  const shape = x.shape.map((extent, i) => (i === axis ? m : extent));
  if (after === 1) return tf.reshape(tf.matMul(tf.reshape(x, [before, n]), matrix, false, true), shape);
  if (before === 1) return tf.reshape(tf.matMul(matrix, tf.reshape(x, [n, after])), shape);
  return tf.reshape(tf.matMul(tf.reshape(matrix, [1, m, n]), tf.reshape(x, [before, n, after])), shape);
}

/** A matrix `[m, n]` whose entries are written by a function into rows of zeros. */
export function matrixOf(m: number, n: number, write: (row: Float32Array, i: number) => void): tf.Tensor2D {
  const entries = new Float32Array(m * n);
  for (let i = 0; i < m; i++) write(entries.subarray(i * n, (i + 1) * n), i);
  return tf.tensor2d(entries, [m, n]);
}
