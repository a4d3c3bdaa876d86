import * as tf from '@tensorflow/tfjs';

/**
 * Inverted dropout: sets the elements to zero whose draw is below `rate`, and divides the others by `1 - rate`, so that the mean stays.
 *
 * @param draws - of the shape of `x`, or one that broadcasts to it, uniform in [0, 1)
 * @param rate - the share to drop, in [0, 1)
 * @remarks Srivastava et al. 2014, https://jmlr.org/papers/v15/srivastava14a.html
 */
export function dropped(x: tf.Tensor, draws: tf.Tensor, rate: number): tf.Tensor {
  const op = tf.customGrad((input, save) => {
    const factors = tf.tidy(() => tf.mul(tf.cast(tf.greaterEqual(draws, rate), 'float32'), 1 / (1 - rate)));
    (save as tf.GradSaveFunc)([factors]);
    return { value: tf.mul(input as tf.Tensor, factors), gradFunc: (dy: tf.Tensor, [kept]: tf.Tensor[]) => tf.mul(dy, kept!) };
  });
  return op(x);
}
