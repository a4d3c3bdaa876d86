import { MgmtError } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';

/** Options of {@link categoricalCrossEntropyWithLogits}. */
export interface CategoricalCrossEntropyOptions {
  /** `[c]`, by how much the terms of each class count, PyTorch's `weight`: all 1 by default. */
  readonly classWeights?: readonly number[];
  /** Share of each label that is spread evenly over all classes, in [0, 1], PyTorch's `label_smoothing`: 0 by default. */
  readonly labelSmoothing?: number;
}

/**
 * Mean of `-log p` of the true class, where `p` is the logits' softmax: PyTorch's `cross_entropy`. No logit overflows it.
 *
 * ```text
 * y = (1 - labelSmoothing) oneHot + labelSmoothing / c
 * sum of -classWeights y log softmax(x), divided by
 *   labels as numbers:        the sum of the inputs' class weights
 *   labels as probabilities:  the number of inputs, weights or not
 * ```
 *
 * @param labels - `[b]` or `[b, 1]` numbers from 0, or `[b, c]` probabilities of which one-hot rows are a case
 * @param logits - `[b, c]`, two classes or more
 * @returns a scalar; ln c where all logits are equal. NaN where a label is no class, so that the training stops and names the batch.
 * @throws `MgmtError` `training/class-weights` where there are not as many weights as logits
 */
export function categoricalCrossEntropyWithLogits(
  labels: tf.Tensor,
  logits: tf.Tensor,
  options: CategoricalCrossEntropyOptions = {},
): tf.Scalar {
  const { classWeights, labelSmoothing = 0 } = options;
  const classes = logits.shape[1]!;
  checkWeights(classWeights, classes);
  return tf.tidy(() => {
    const areNumbers = labels.size === logits.shape[0];
    const hard = areNumbers ? oneHot(labels, classes) : labels; // [b, c]
    const y = labelSmoothing === 0 ? hard : tf.add(tf.mul(hard, 1 - labelSmoothing), labelSmoothing / classes);
    const weights = classWeights && tf.tensor1d([...classWeights]); // [c]
    const sum = tf.neg(tf.sum(tf.mul(weights ? tf.mul(y, weights) : y, tf.logSoftmax(logits))));
    return tf.div(sum, weights && areNumbers ? tf.sum(tf.mul(hard, weights)) : logits.shape[0]);
  });
}

/** What that mean divides by. */
export async function sumOfClassWeights(labels: tf.Tensor, classWeights: readonly number[] | undefined): Promise<number> {
  const inputs = labels.shape[0]!;
  if (!classWeights || labels.size !== inputs) return inputs;
  return [...(await labels.data())].reduce((sum, label) => sum + classWeights[label]!, 0);
}

/** `[b] -> [b, c]` */
function oneHot(labels: tf.Tensor, classes: number): tf.Tensor {
  const rows = tf.cast(tf.oneHot(tf.cast(tf.reshape(labels, [-1]), 'int32'), classes), 'float32');
  return tf.div(rows, tf.sum(rows, 1, true)); // a number that is no class has a row of zeros: 0 / 0
}

function checkWeights(classWeights: readonly number[] | undefined, classes: number): void {
  if (!classWeights || classWeights.length === classes) return;
  throw new MgmtError('every class needs its weight', {
    code: 'training/class-weights',
    expected: `${classes} weights, one a logit`,
    found: `${classWeights.length}`,
  });
}
