import { MgmtError } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { type FloatArray, readTensor } from './floatArray.js';
import { layerGradient } from './gradients.js';
import { notReached } from './keepOfLayers.js';
import { findLayer, type LayerUse } from './layers.js';
import { chosenInput, gridOf, type ModelInput, withInputs } from './modelInputs.js';
import { resizeMap } from './resizeMap.js';
import { type Score, scoreOf, type Target } from './score.js';

/** Options of {@link gradCam}. */
export interface GradCamOptions {
  /** Its name; usually the last layer that still has spatial axes. */
  readonly layer: string;
  /** The class that is explained, or any score; the logit of a network that has one, by default. */
  readonly target?: Target;
  /** True keeps what speaks against the class, as negative values; the paper's rule cuts it off at 0. */
  readonly signed?: boolean;
  /** `input` (by default) lays the map on the image's grid by {@link resizeMap}; `layer` leaves it on the layer's. */
  readonly grid?: 'input' | 'layer';
  /** Of several inputs, the one that the map is laid on; the first by default. */
  readonly input?: number;
}

/** A map for each image, raw; {@link unitScale} brings it to [0, 1]. */
export interface GradCamMap extends FloatArray {
  /** `[b, h, w]` or `[b, d, h, w]` */
  readonly shape: readonly number[];
  /** `[b]`, what is explained. */
  readonly scores: Float32Array;
  /** The layer's path. */
  readonly layer: string;
}

/**
 * Grad-CAM: where the features that raise the score lie. Each channel of the layer counts by the mean of its gradient; the weighted sum of the
 * channels, cut off at 0, is the map. One pass forward and back, for 2-D and 3-D networks alike.
 *
 * @param x - `[b, h, w, c]` or `[b, d, h, w, c]`
 * @throws `MgmtError` `interpret/unknown-layer` with the nearest names, `interpret/no-spatial-axes`, `interpret/class-out-of-range`,
 * `interpret/no-gradient`, `interpret/bad-score`, `interpret/wrong-input`
 * @remarks Selvaraju et al. 2017, doi:10.1109/ICCV.2017.74, equations 1 and 2. A cell of the layer stands for an equal part of the image, as if each
 * convolution were padded evenly; what it sees reaches further.
 * @example
 * const map = await gradCam(network, image, { layer: 'relu2' });
 * map.shape; // [1, 16, 16]
 */
export async function gradCam(model: tf.LayersModel, x: ModelInput, options: GradCamOptions): Promise<GradCamMap> {
  const { layer, target, signed = false, grid = 'input', input = 0 } = options;
  const use = findLayer(model, layer);
  return withInputs(model, x, async (inputs) => {
    const imageGrid = gridOf(chosenInput(inputs, input));
    const { map, scores } = mapAndScores(model, inputs, use, { score: scoreOf(target), signed, axes: imageGrid.length });
    try {
      const raw = await readTensor(map);
      return {
        layer: use.use,
        ...(grid === 'input' ? resizeMap(raw, imageGrid) : raw),
        scores: Float32Array.from(await scores.data()),
      };
    } finally {
      tf.dispose([map, scores]);
    }
  });
}

interface MapRule {
  readonly score: Score;
  readonly signed: boolean;
  /** How many spatial axes the image has. */
  readonly axes: number;
}

function mapAndScores(model: tf.LayersModel, inputs: readonly tf.Tensor[], layer: LayerUse, { score, signed, axes }: MapRule) {
  const found = layerGradient(model, inputs, layer, score);
  if (!found) throw notReached(layer.use);
  const { activation, gradient, scores } = found;
  try {
    if (activation.rank !== axes + 2) throw withoutSpace(layer.use, activation.shape, axes);
    const map = tf.tidy(() => {
      const space = Array.from({ length: axes }, (_, axis) => axis + 1);
      const weights = tf.mean(gradient, space, true); // [b, 1, 1, c], equation 1
      const sum = tf.sum(tf.mul(activation, weights), -1); // [b, h, w], equation 2
      return signed ? sum : tf.relu(sum);
    });
    return { map, scores: tf.clone(scores) };
  } finally {
    tf.dispose([activation, gradient, scores]);
  }
}

function withoutSpace(layer: string, shape: readonly number[], axes: number): MgmtError {
  return new MgmtError('the layer has no place in the image', {
    code: 'interpret/no-spatial-axes',
    where: `layer '${layer}'`,
    expected: `[batch, ${axes === 3 ? 'depth, ' : ''}height, width, channel]`,
    found: `[${shape.join(', ')}]`,
    hint: 'take a layer before the pooling over space, such as the last convolution',
  });
}
