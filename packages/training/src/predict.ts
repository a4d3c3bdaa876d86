import { MgmtError } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { batchTensors, type BatchSource, inputsOf, type UnlabeledBatch } from './batch.js';
import type { Loss } from './losses/loss.js';

/** A model's scores of some inputs, in the order they came. */
export interface Predictions {
  /** `[n]` */
  readonly ids: readonly string[];
  /** `[n]` of a model with one logit; `[n, classes]` in C order of one with more. */
  readonly logits: Float32Array;
  /** Of class 1 where there is one logit, its sigmoid: `[n]`; else of each class, the logits' softmax: `[n, classes]` in C order. */
  readonly probabilities: Float32Array;
  /** How many logits and probabilities an input has: 1 where the classes are two and share a logit. */
  readonly classes: number;
}

/**
 * Scores every input of one epoch (the first) in evaluation mode: running statistics, no dropout. Frees the batches.
 *
 * @param model - with one logit an input, or one for each class
 * @param data - labels are not looked at
 * @throws `MgmtError` `training/no-logits` where the model's output is not `[b, classes]` or `[b]`
 * @example
 * const { ids, probabilities } = await predict(model, arrayBatches({ load, ids: test.map((c) => c.id), shape, batchSize: 8 }));
 */
export async function predict(model: tf.LayersModel, data: Pick<BatchSource<UnlabeledBatch>, 'batches'>): Promise<Predictions> {
  const ids: string[] = [];
  const logits: Float32Array[] = [];
  for await (const batch of data.batches(1)) {
    try {
      logits.push(await forward(model, batch));
      ids.push(...batch.ids);
    } finally {
      tf.dispose(batchTensors(batch));
    }
  }
  return predictions(ids, logits);
}

/** What {@link evaluate} finds: scores beside the labels. */
export interface Evaluation extends Predictions {
  /** `[n]`, the class of each input. */
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
  const logits: Float32Array[] = [];
  const labels: number[] = [];
  let [lossSum, weightSum] = [0, 0];
  for await (const batch of data.batches(1)) {
    try {
      if (signal?.aborted) return undefined;
      const values = await forward(model, batch);
      const weight = await loss.weight(batch.labels);
      lossSum += (await lossOfLogits(loss, batch.labels, values)) * weight;
      weightSum += weight;
      logits.push(values);
      labels.push(...(await classesOf(batch.labels)));
      ids.push(...batch.ids);
    } finally {
      tf.dispose(batchTensors(batch));
    }
    await nextTurn();
  }
  return { ...predictions(ids, logits), labels: Float32Array.from(labels), loss: lossSum / weightSum };
}

/** Lets timers, signals and finished reads have their turn between two pieces of work on the device. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** `[b, ...] -> [b, classes]` */
async function forward(model: tf.LayersModel, batch: UnlabeledBatch): Promise<Float32Array> {
  const inputs = [...inputsOf(batch)];
  const output = tf.tidy(() => model.apply(inputs.length === 1 ? inputs[0]! : inputs, { training: false }) as tf.Tensor | tf.Tensor[]);
  try {
    const cases = batch.ids.length;
    if (Array.isArray(output) || output.rank > 2 || output.shape[0] !== cases) throw noLogits(output, cases);
    return (await output.data<'float32'>()).slice();
  } finally {
    tf.dispose(output);
  }
}

async function lossOfLogits(loss: Loss, labels: tf.Tensor, logits: Float32Array): Promise<number> {
  const cases = labels.shape[0]!;
  const mean = tf.tidy(() => loss.mean(labels, tf.tensor2d(logits, [cases, logits.length / cases])));
  const [value] = await mean.data();
  mean.dispose();
  return value!;
}

/** `[b]` of labels that are numbers, or rows of probabilities. */
async function classesOf(labels: tf.Tensor): Promise<ArrayLike<number> & Iterable<number>> {
  if (labels.size === labels.shape[0]) return labels.data();
  const classes = tf.argMax(labels, 1);
  const numbers = await classes.data();
  classes.dispose();
  return numbers;
}

function predictions(ids: readonly string[], batches: readonly Float32Array[]): Predictions {
  const logits = Float32Array.from(batches.flatMap((batch) => [...batch]));
  const classes = ids.length === 0 ? 1 : logits.length / ids.length;
  return { ids, logits, probabilities: classes === 1 ? logits.map(sigmoid) : softmax(logits, classes), classes };
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Of each row of `[n, classes]`. */
function softmax(logits: Float32Array, classes: number): Float32Array {
  return logits.map((_, i) => {
    const row = logits.subarray(i - (i % classes), i - (i % classes) + classes);
    return 1 / row.reduce((sum, x) => sum + Math.exp(x - logits[i]!), 0);
  });
}

function noLogits(output: tf.Tensor | tf.Tensor[], cases: number): MgmtError {
  const shapes = (Array.isArray(output) ? output : [output]).map(({ shape }) => `[${shape.join(', ')}]`);
  return new MgmtError('the model gives no row of logits an input', {
    code: 'training/no-logits',
    expected: `[${cases}, classes] for ${cases} cases`,
    found: shapes.join(' and '),
  });
}
