import * as tf from '@tensorflow/tfjs';

/**
 * `x + b`, the same to every row. Nothing is kept for the gradients; tfjs's own sum keeps `x`.
 *
 * @param x - `[..., n]`
 * @param bias - `[n]`
 */
export function addBias(x: tf.Tensor, bias: tf.Tensor): tf.Tensor {
  return differentiable(x, bias);
}

const differentiable = tf.customGrad((...inputs) => {
  const [x, bias] = inputs as [tf.Tensor, tf.Tensor];
  return {
    value: tf.add(x, bias),
    gradFunc: (dy: tf.Tensor) => [dy.clone(), tf.tidy(() => tf.sum(tf.reshape(dy, [-1, dy.shape.at(-1)!]), 0))],
  };
});
