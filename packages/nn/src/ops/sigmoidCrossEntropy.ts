import * as tf from '@tensorflow/tfjs';

/**
 * Mean binary cross entropy of logits, stable at any size: `softplus(x) - x z`, whose gradient is exactly `(sigmoid(x) - z) / n`.
 *
 * @param logits - any shape
 * @param labels - the same shape; 0 or 1, or probabilities between
 */
export function sigmoidCrossEntropy(logits: tf.Tensor, labels: tf.Tensor): tf.Scalar {
  return tf.tidy(() => tf.mean(tf.sub(tf.softplus(logits), tf.mul(logits, labels))) as tf.Scalar);
}
