import * as tf from '@tensorflow/tfjs';
import { type FloatArray, readTensor } from './floatArray.js';
import { keepOfLayers } from './keepOfLayers.js';
import { type ModelInput, withInputs } from './modelInputs.js';

/** What a layer gave for a batch: `[b, (d,) h, w, channels]`, or `[b, features]` behind the last pooling. */
export interface FeatureMap extends FloatArray {
  /** The layer's path; `conv1#2` for the second time that a shared layer ran. */
  readonly layer: string;
}

/** Options of {@link featureMaps}. */
export interface FeatureMapsOptions {
  /** By name, in any order; every layer by default, which of a large volume is gigabytes. */
  readonly layers?: readonly string[];
  /** Only the first so many channels of each layer are read; all by default. */
  readonly channels?: number;
}

/**
 * What the layers of a model give for a batch, from one pass in evaluation mode (the paper's Figure 13).
 *
 * @returns in the order in which the layers ran
 * @throws `MgmtError` `interpret/wrong-input`; `interpret/unknown-layer` with the nearest names
 * @example
 * const [stem, last] = await featureMaps(network, image, { layers: ['conv1', 'relu2'], channels: 4 });
 * stem.shape; // [1, 16, 16, 4]
 */
export async function featureMaps(
  model: tf.LayersModel,
  x: ModelInput,
  { layers, channels = Infinity }: FeatureMapsOptions = {},
): Promise<FeatureMap[]> {
  return withInputs(model, x, async (inputs) => {
    const kept = keepOfLayers(model, inputs, layers, (output) => firstChannels(output, channels));
    try {
      return await Promise.all(kept.map(async ({ use, tensor }) => ({ layer: use, ...(await readTensor(tensor)) })));
    } finally {
      tf.dispose(kept.map(({ tensor }) => tensor));
    }
  });
}

function firstChannels(output: tf.Tensor, channels: number): tf.Tensor {
  if (channels >= output.shape.at(-1)!) return tf.clone(output);
  return tf.slice(output, Array(output.rank).fill(0), [...output.shape.slice(0, -1), channels]);
}
