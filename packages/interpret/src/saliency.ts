import * as tf from '@tensorflow/tfjs';
import { type FloatArray, readTensor } from './floatArray.js';
import { inputGradient } from './gradients.js';
import { chosenInput, type ModelInput, withInputs } from './modelInputs.js';
import { scoreOf, type Target } from './score.js';

/** Options of {@link saliency}. */
export interface SaliencyOptions {
  /** The class that is explained, or any score; the logit of a network that has one, by default. */
  readonly target?: Target;
  /** Of several inputs, the one to differentiate by; the first by default. */
  readonly input?: number;
}

/** A number for every number of the input. */
export interface Attribution extends FloatArray {
  /** The input's, `[b, ..., c]`; {@link overChannels} makes a map of it. */
  readonly shape: readonly number[];
  /** `[b]`, what is explained. */
  readonly scores: Float32Array;
}

/**
 * The gradient of the score by the input: how the score answers to a small change of each voxel.
 *
 * @throws `MgmtError` `interpret/class-out-of-range`, `interpret/no-gradient`, `interpret/bad-score`, `interpret/wrong-input`
 * @remarks Simonyan et al. 2014, arXiv:1312.6034.
 * @example
 * const gradient = await saliency(network, image);
 * overChannels(gradient, 'largest').shape; // [1, 16, 16]
 */
export async function saliency(model: tf.LayersModel, x: ModelInput, { target, input = 0 }: SaliencyOptions = {}): Promise<Attribution> {
  return withInputs(model, x, async (inputs) => {
    chosenInput(inputs, input);
    const { gradient, scores } = inputGradient(model, inputs, input, scoreOf(target));
    try {
      return { ...(await readTensor(gradient)), scores: Float32Array.from(await scores.data()) };
    } finally {
      tf.dispose([gradient, scores]);
    }
  });
}
