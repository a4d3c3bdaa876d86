import { MgmtError } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import type { Batch, BatchSource, UnlabeledBatch } from './batch.js';
import type { Loss } from './losses.js';

/** A model's scores of some inputs, in the order they came. */
export interface Predictions {
  /** `[n]` */
  readonly ids: readonly string[];
  /** `[n]` */
  readonly logits: Float32Array;
  /** `[n]`, of class 1: the logits' sigmoids. */
  readonly probabilities: Float32Array;
}

/**
 * Scores every input of one epoch (the first) in evaluation mode: running statistics, no dropout. Frees the batches.
 *
 * @param model - with one logit an input
 * @param data - labels are not looked at
 * @throws `MgmtError` `training/not-one-logit` where the model's output is not `[b, 1]` or `[b]`
 * @example
 * const { ids, probabilities } = await predict(model, arrayBatches({ load, ids: test.map((c) => c.id), shape, batchSize: 8 }));
 */
export async function predict(model: tf.LayersModel, data: Pick<BatchSource<UnlabeledBatch>, 'batches'>): Promise<Predictions> {
  const ids: string[] = [];
  const logits: number[] = [];
  for await (const batch of data.batches(1)) {
    try {
      logits.push(...(await forward(model, batch)));
      ids.push(...batch.ids);
    } finally {
      tf.dispose(batchTensors(batch));
    }
  }
  return predictions(ids, logits);
}

/** What {@link evaluate} finds: scores beside the labels. */
export interface Evaluation extends Predictions {
  /** `[n]` */
  readonly labels: Float32Array;
  /** Mean over the inputs. */
  readonly loss: number;
}

/**
 * Scores labeled inputs as {@link predict} does, with their loss.
 *
 * @returns nothing where the signal came before the last batch
 */
export async function evaluate(
  model: tf.LayersModel,
  data: BatchSource,
  loss: Loss,
  signal?: AbortSignal,
): Promise<Evaluation | undefined> {
  const ids: string[] = [];
  const logits: number[] = [];
  const labels: number[] = [];
  let lossSum = 0;
  for await (const batch of data.batches(1)) {
    try {
      if (signal?.aborted) return undefined;
      const values = await forward(model, batch);
      const mean = tf.tidy(() => loss(batch.labels, tf.tensor2d(values, [values.length, 1])));
      lossSum += (await mean.data())[0]! * values.length;
      mean.dispose();
      logits.push(...values);
      labels.push(...(await batch.labels.data()));
      ids.push(...batch.ids);
    } finally {
      tf.dispose(batchTensors(batch));
    }
    await nextTurn();
  }
  return { ...predictions(ids, logits), labels: Float32Array.from(labels), loss: lossSum / ids.length };
}

/** The tensors that come with a batch. */
export function batchTensors(batch: UnlabeledBatch | Batch): tf.Tensor[] {
  return 'labels' in batch ? [batch.inputs, batch.labels] : [batch.inputs];
}

/** Lets timers, signals and finished reads have their turn between two pieces of work on the device. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** `[b, ...] -> [b]` */
async function forward(model: tf.LayersModel, { inputs, ids }: UnlabeledBatch): Promise<Float32Array> {
  const output = tf.tidy(() => model.apply(inputs, { training: false }) as tf.Tensor);
  try {
    if (output.size !== ids.length) {
      throw new MgmtError('the model gives no single logit an input', {
        code: 'training/not-one-logit',
        expected: `[${ids.length}, 1] for ${ids.length} cases`,
        found: `[${output.shape.join(', ')}]`,
      });
    }
    return (await output.data<'float32'>()).slice();
  } finally {
    output.dispose();
  }
}

function predictions(ids: readonly string[], logits: readonly number[]): Predictions {
  return { ids, logits: Float32Array.from(logits), probabilities: Float32Array.from(logits, (x) => 1 / (1 + Math.exp(-x))) };
}
