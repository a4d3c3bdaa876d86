import { MgmtError } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';

/** One array of a network's input, C order, without the batch axis. */
export interface SampleArray {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/**
 * The probabilities of class 1 that a network with one logit gives prepared samples: a volume, or the slices of one.
 *
 * @param samples - each with one array for each input of the model, in their order
 * @param options - `batchSize`: samples that the network sees at once, 16 by default
 * @returns one for each sample, in [0, 1]
 * @throws `MgmtError` `nn/wrong-input` where a sample is not of the shape that the network takes, or the network has not one logit
 * @example
 * const [p] = await probabilitiesOf(network, [[{ data: voxels, shape: [64, 256, 256, 1] }]]);
 */
export async function probabilitiesOf(
  model: tf.LayersModel,
  samples: readonly (readonly SampleArray[])[],
  { batchSize = 16 }: { readonly batchSize?: number } = {},
): Promise<Float32Array> {
  checkOneLogit(model);
  for (const sample of samples) checkSample(model, sample);
  const probabilities = new Float32Array(samples.length);
  for (let begin = 0; begin < samples.length; begin += batchSize) {
    const batch = tf.tidy(() => sigmoidOfLogits(model, samples.slice(begin, begin + batchSize)));
    try {
      probabilities.set(await batch.data<'float32'>(), begin);
    } finally {
      batch.dispose();
    }
  }
  return probabilities;
}

/** `[b]` */
function sigmoidOfLogits(model: tf.LayersModel, samples: readonly (readonly SampleArray[])[]): tf.Tensor {
  const inputs = model.inputs.map((_, i) => stacked(samples.map((sample) => sample[i]!)));
  const logits = model.apply(inputs.length === 1 ? inputs[0]! : inputs, { training: false }) as tf.Tensor; // [b, 1]
  return tf.reshape(tf.sigmoid(logits), [-1]);
}

/** `[b, ...shape]` */
function stacked(arrays: readonly SampleArray[]): tf.Tensor {
  const { shape, data } = arrays[0]!;
  const values = new Float32Array(arrays.length * data.length);
  arrays.forEach((array, i) => values.set(array.data, i * data.length));
  return tf.tensor(values, [arrays.length, ...shape], 'float32');
}

function checkOneLogit({ outputs }: tf.LayersModel): void {
  if (outputs.length === 1 && outputs[0]!.shape.slice(1).join() === '1') return;
  throw wrongInput('a network with one logit', outputs.map(({ shape }) => `${shape.slice(1).join(' x ')} logits`).join(' and '));
}

function checkSample({ inputs }: tf.LayersModel, sample: readonly SampleArray[]): void {
  const expected = inputs.map(({ shape }) => shape.slice(1) as (number | null)[]);
  const fits = ({ shape, data }: SampleArray, i: number) =>
    shape.length === expected[i]!.length &&
    shape.every((n, axis) => n === (expected[i]![axis] ?? n)) &&
    data.length === shape.reduce((product, n) => product * n, 1);
  if (sample.length === inputs.length && sample.every(fits)) return;
  const shown = (shapes: readonly (readonly (number | null)[])[]) =>
    shapes.map((shape) => shape.map((n) => n ?? 'any').join(' x ')).join(' and ');
  throw wrongInput(
    shown(expected),
    `${shown(sample.map(({ shape }) => shape))} (${sample.map(({ data }) => data.length).join(' and ')} values)`,
  );
}

const wrongInput = (expected: string, found: string) =>
  new MgmtError('the image does not fit the network', { code: 'nn/wrong-input', expected, found });
