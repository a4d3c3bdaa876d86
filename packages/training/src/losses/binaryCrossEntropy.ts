import { sigmoidCrossEntropy } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';

/** Options of {@link binaryCrossEntropyWithLogits}. */
export interface BinaryCrossEntropyOptions {
  /** By how much the terms of class 1 count more, PyTorch's `pos_weight`: 1 by default; the mean is still over the number of inputs. */
  readonly positiveWeight?: number;
  /** Share of each label that is spread evenly over both classes, in [0, 1], 0 by default: PyTorch's `label_smoothing` for the two logits 0 and x. */
  readonly labelSmoothing?: number;
}

/**
 * Mean of `-log p` of the true class, where `p` is the logit's sigmoid. No logit overflows it.
 *
 * ```text
 * y = (1 - labelSmoothing) label + labelSmoothing / 2
 * mean of -(positiveWeight y log sigmoid(x) + (1 - y) log(1 - sigmoid(x)))
 * ```
 *
 * @param labels - `[b]` or the logits' shape, 0 or 1
 * @param logits - `[b, 1]`
 * @returns a scalar; ln 2 = 0.693 where every logit is 0 and nothing is weighted
 */
export function binaryCrossEntropyWithLogits(labels: tf.Tensor, logits: tf.Tensor, options: BinaryCrossEntropyOptions = {}): tf.Scalar {
  const { positiveWeight = 1, labelSmoothing = 0 } = options;
  return tf.tidy(() => {
    const hard = tf.reshape(labels, logits.shape);
    const y = labelSmoothing === 0 ? hard : tf.add(tf.mul(hard, 1 - labelSmoothing), labelSmoothing / 2);
    return positiveWeight === 1 ? sigmoidCrossEntropy(logits, y) : weighted(y, logits, positiveWeight);
  });
}

/** `(1 - y) x + (1 + (positiveWeight - 1) y) softplus(-x)`, as PyTorch spells it. */
function weighted(y: tf.Tensor, x: tf.Tensor, positiveWeight: number): tf.Scalar {
  const linear = tf.mul(tf.sub(1, y), x);
  const factor = tf.add(1, tf.mul(y, positiveWeight - 1));
  return tf.mean(tf.add(linear, tf.mul(factor, tf.softplus(tf.neg(x)))));
}
