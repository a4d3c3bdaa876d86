import * as tf from '@tensorflow/tfjs';
import { rawAttributes, rawOps } from '../backend/rawOps.js';

/** The sum of the squares of all values, a scalar. On the native backend one pass without a tensor between; it has no gradient there. */
export function sumOfSquares(x: tf.Tensor): tf.Scalar {
  const raw = rawOps();
  if (raw) return tf.tidy(() => tf.mul(raw.run('L2Loss', [rawAttributes.type(raw)], [x], 1)[0]!, 2));
  return tf.tidy(() => {
    const squares = tf.square(x);
    return tf.sum(x.rank > 1 ? tf.sum(squares, -1) : squares); // by rows first: wasm adds one after the other in float32
  });
}
