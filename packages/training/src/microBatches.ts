import { MgmtError } from '@mgmt/core';
import type { LossAndGradients } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';

/** Inputs and labels of a batch on the device, or of a part of one. */
export interface Examples {
  /** One for each input of the model, `[b, ...]`. */
  readonly inputs: readonly tf.Tensor[];
  /** `[b]` or `[b, ...]` */
  readonly labels: tf.Tensor;
}

/**
 * Loss and gradients of a batch, part by part where it is larger than the limit: the sums over the parts, each by its share of the whole.
 *
 * @param limit - inputs of a part, at most
 * @param weightOf - how much some labels count in the mean
 * @param compute - the loss of some examples and its gradients, times their share of the batch; undefined where they are all of it
 * @returns tensors of the caller
 */
export async function inMicroBatches(
  examples: Examples,
  limit: number | undefined,
  weightOf: (labels: tf.Tensor) => Promise<number>,
  compute: (examples: Examples, share?: number) => LossAndGradients,
): Promise<LossAndGradients> {
  const sizes = partSizes(examples.labels.shape[0]!, limit);
  if (sizes.length === 1) return compute(examples);
  const whole = await weightOf(examples.labels);
  let sum: LossAndGradients | undefined;
  let begin = 0;
  try {
    for (const size of sizes) {
      const part = partOf(examples, begin, size);
      try {
        sum = plus(sum, compute(part, (await weightOf(part.labels)) / whole));
      } finally {
        tf.dispose([...part.inputs, part.labels]);
      }
      begin += size;
    }
    return sum!;
  } catch (error) {
    if (sum) tf.dispose([sum.loss, ...sum.gradients]);
    throw error;
  }
}

/**
 * How many inputs go into each part of a batch: as few parts as hold at most `limit` each, as even as can be, since a batch norm wants no tiny part.
 *
 * @returns `[7, 7, 6]` for 20 inputs of at most 8
 * @throws `MgmtError` `training/bad-micro-batch` where the limit is not a positive integer
 */
export function partSizes(inputs: number, limit = inputs): number[] {
  if (!Number.isInteger(limit) || limit < 1) {
    throw new MgmtError('this is no size for the parts of a batch', {
      code: 'training/bad-micro-batch',
      expected: 'an integer of at least 1',
      found: `${limit}`,
    });
  }
  const parts = Math.ceil(inputs / limit);
  return Array.from({ length: parts }, (_, part) => Math.floor(inputs / parts) + Number(part < inputs % parts));
}

function partOf({ inputs, labels }: Examples, begin: number, size: number): Examples {
  const rows = (tensor: tf.Tensor) => tf.slice(tensor, begin, size);
  return { inputs: inputs.map(rows), labels: rows(labels) };
}

/** Takes both and frees them. */
function plus(a: LossAndGradients | undefined, b: LossAndGradients): LossAndGradients {
  if (!a) return b;
  const add = (x: tf.Tensor, y: tf.Tensor) => {
    const sum = tf.add(x, y);
    tf.dispose([x, y]);
    return sum;
  };
  return { loss: add(a.loss, b.loss) as tf.Scalar, gradients: a.gradients.map((gradient, i) => add(gradient, b.gradients[i]!)) };
}
