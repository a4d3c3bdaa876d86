import * as tf from '@tensorflow/tfjs';

/**
 * `softmax(factor x)` over the last axis. Nothing but the result is kept for the gradient; tfjs's own product and softmax keep `x` as well, which of
 * attention over a thousand tokens are hundreds of megabytes.
 */
export function scaledSoftmax(x: tf.Tensor, factor: number): tf.Tensor {
  const op = tf.customGrad((scores, save) => {
    const weights = tf.tidy(() => tf.softmax(tf.mul(scores as tf.Tensor, factor)));
    (save as tf.GradSaveFunc)([weights]);
    return {
      value: weights,
      gradFunc: (dy: tf.Tensor, [y]: tf.Tensor[]) =>
        tf.tidy(() => {
          const weighted = tf.mul(dy, y!);
          return tf.mul(tf.sub(weighted, tf.mul(y!, tf.sum(weighted, -1, true))), factor);
        }),
    };
  });
  return op(x);
}
