import * as tf from '@tensorflow/tfjs';

/** A scalar that says how wrong the logits of a batch are: the mean over it, differentiable by the logits. */
export type Loss = (labels: tf.Tensor, logits: tf.Tensor) => tf.Scalar;

/** A loss as data. */
export interface LossConfig {
  readonly kind: 'binary-cross-entropy-with-logits';
}

/** The loss that a config names. */
export function lossOf(config: LossConfig): Loss {
  switch (config.kind) {
    case 'binary-cross-entropy-with-logits':
      return binaryCrossEntropyWithLogits;
    default:
      return config.kind satisfies never;
  }
}

/**
 * Mean of `-log p` of the true class, where `p` is the logit's sigmoid: `max(x, 0) - x y + log(1 + exp(-|x|))`, which no logit overflows.
 * The gradient is `(sigmoid(x) - y) / n`, at zero too, where the one that TensorFlow.js composes for `sigmoidCrossEntropy` is wrong by a half.
 *
 * @param labels - `[b]` or the logits' shape, 0 or 1
 * @param logits - `[b, 1]`
 * @returns a scalar; ln 2 = 0.693 where every logit is 0
 */
export function binaryCrossEntropyWithLogits(labels: tf.Tensor, logits: tf.Tensor): tf.Scalar {
  return tf.tidy(() => crossEntropy(logits, tf.reshape(labels, logits.shape)) as tf.Scalar);
}

const crossEntropy = tf.customGrad((logits, labels, save) => {
  const [x, y] = [logits as tf.Tensor, labels as tf.Tensor];
  (save as tf.GradSaveFunc)([x, y]);
  const losses = tf.add(tf.sub(tf.relu(x), tf.mul(x, y)), tf.log1p(tf.exp(tf.neg(tf.abs(x)))));
  return {
    value: tf.mean(losses),
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [x, y] = saved as [tf.Tensor, tf.Tensor];
      return [tf.mul(tf.sub(tf.sigmoid(x), y), tf.div(dy, x.size)), tf.zerosLike(y)];
    },
  };
});
