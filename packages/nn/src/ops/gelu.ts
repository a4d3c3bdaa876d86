import * as tf from '@tensorflow/tfjs';

/**
 * `x P(X < x)` for a standard normal X, by the error function as PyTorch's default (not its tanh form). Nothing but `x` is kept for the gradient.
 *
 * @remarks Hendrycks & Gimpel 2016, arXiv:1606.08415.
 */
export function gelu(x: tf.Tensor): tf.Tensor {
  return differentiable(x);
}

const differentiable = tf.customGrad((x, save) => {
  const input = x as tf.Tensor;
  (save as tf.GradSaveFunc)([input]);
  return {
    value: tf.mul(input, belowProbability(input)),
    gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) =>
      tf.tidy(() => {
        const density = tf.mul(tf.exp(tf.mul(tf.square(saved!), -0.5)), 1 / Math.sqrt(2 * Math.PI));
        return tf.mul(dy, tf.add(belowProbability(saved!), tf.mul(saved!, density)));
      }),
  };
});

/** P(X < x) */
function belowProbability(x: tf.Tensor): tf.Tensor {
  return tf.tidy(() => tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5));
}
