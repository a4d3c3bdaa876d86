import { MgmtError } from '@mgmt/core';
import { adaptStem, dense, type LayersModel, model } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';

/** How an encoder becomes a classifier. */
export interface TransferModelConfig {
  /** Of the new input: 20 for twenty slices of one series. */
  readonly channels: number;
  /** Logits; 1 for a yes or no. */
  readonly classes: number;
  /** Of the new head's weights. */
  readonly seed: number | string;
}

/** The paper's: 20 slices of FLAIR as the channels of one image, one logit. */
export const transferModelConfig = { channels: 20, classes: 1, seed: 0 } as const satisfies TransferModelConfig;

/**
 * A classifier with an encoder's weights and a new linear layer `fc`. It shares nothing with the encoder.
 *
 * Where its input has more channels than the encoder was trained on, the first kernel is repeated over them and divided by how often it is: an image whose
 * channels are all alike gives the features that it gave the encoder.
 *
 * @param encoder - out of tfjs layers and those of `@mgmt/nn`
 * @throws `MgmtError` `ssl-simclr/no-stem` where more than one of the encoder's weights depends on the number of channels, or none that could be adapted
 * @remarks The rule is `adaptStem` of `@mgmt/nn`.
 * @example
 * const classifier = await transferModel(encoder, { channels: 20, classes: 1, seed: 0 });
 */
export async function transferModel(
  encoder: LayersModel,
  { channels, classes, seed }: TransferModelConfig = transferModelConfig,
): Promise<LayersModel> {
  const trunk = await withChannels(encoder, channels);
  const [from, to] = [encoder.weights, trunk.weights];
  const adapted = to.filter((weight, i) => weight.shape.join() !== from[i]!.shape.join());
  if (adapted.length > 1 || adapted.some(({ shape }) => shape.length < 4)) throw noStem(adapted);
  tf.tidy(() => {
    to.forEach((weight, i) => {
      const value = from[i]!.read();
      weight.write(adapted.includes(weight) ? adaptedKernel(value, channels) : value.clone());
    });
  });
  return model(trunk.inputs, dense(trunk.outputs[0]!, classes, { seed, name: 'fc' }));
}

/** The same layers anew, for inputs of other channels. */
async function withChannels(encoder: LayersModel, channels: number): Promise<LayersModel> {
  const topology = JSON.parse(encoder.toJSON() as string) as ModelJson;
  for (const { class_name: kind, config } of topology.config.layers) {
    if (kind === 'InputLayer') config.batch_input_shape = [...config.batch_input_shape!.slice(0, -1), channels];
  }
  return tf.models.modelFromJSON(topology as unknown as Parameters<typeof tf.models.modelFromJSON>[0]);
}

/** What of Keras's JSON is looked at. */
interface ModelJson {
  readonly config: {
    readonly layers: readonly { readonly class_name: string; readonly config: { batch_input_shape?: (number | null)[] } }[];
  };
}

/** `[...kernel, in, out]` to `[...kernel, channels, out]`. */
function adaptedKernel(kernel: tf.Tensor, channels: number): tf.Tensor {
  const spatial = kernel.shape.map((_, axis) => axis).slice(0, -2);
  const [inAxis, outAxis] = [kernel.rank - 2, kernel.rank - 1];
  const pytorch = tf.transpose(kernel, [outAxis, inAxis, ...spatial]);
  const { data, shape } = adaptStem({ data: pytorch.dataSync<'float32'>(), shape: pytorch.shape }, channels);
  return tf.transpose(tf.tensor(data, [...shape]), [...spatial.map((axis) => axis + 2), 1, 0]);
}

function noStem(weights: readonly tf.LayerVariable[]): MgmtError {
  return new MgmtError('the encoder cannot be given inputs of other channels', {
    code: 'ssl-simclr/no-stem',
    expected: 'one convolution, at the beginning, that depends on their number',
    found: weights.map(({ originalName, shape }) => `${originalName} [${shape.join(', ')}]`).join(', '),
  });
}
