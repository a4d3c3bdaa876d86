import * as tf from '@tensorflow/tfjs';
import { dropped } from '../ops/dropout.js';
import { only } from './Conv.js';
import type { DropoutConfig } from './Dropout.js';
import { requireDropRate } from './dropRate.js';
import { LayerRandom, type DrawingLayer } from './layerRandom.js';

/** A drop connect's settings, plain data; `rate` is the share of the samples. */
export type DropConnectConfig = DropoutConfig;

/**
 * Stochastic depth, any shape: in training each sample is set to zero with probability `rate`, else divided by `1 - rate`; otherwise nothing happens.
 * Before the sum with a shortcut it leaves a block out. EfficientNet calls it drop connect, timm drop path.
 *
 * @remarks Huang et al. 2016, doi:10.1007/978-3-319-46493-0_39.
 * @throws `MgmtError` `nn/bad-rate`
 */
export class DropConnect extends tf.layers.Layer implements DrawingLayer {
  static readonly className = 'MgmtDropConnect';
  readonly layerRandom: LayerRandom;
  private readonly config: Required<Omit<DropConnectConfig, 'name'>>;

  constructor({ name, rate, seed = 0 }: DropConnectConfig) {
    super(name === undefined ? {} : { name });
    this.config = { rate: requireDropRate(rate, this.name), seed };
    this.layerRandom = new LayerRandom(seed, this.name);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { readonly training?: boolean }): tf.Tensor {
    const x = only(inputs);
    const { rate } = this.config;
    if (kwargs?.training !== true || rate === 0) return tf.clone(x);
    const perSample = x.shape.map((n, axis) => (axis === 0 ? n : 1)); // [b, 1, ...]
    return tf.tidy(() => dropped(x, this.layerRandom.uniform(perSample), rate));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}
tf.serialization.registerClass(DropConnect);
