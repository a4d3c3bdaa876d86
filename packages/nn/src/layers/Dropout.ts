import * as tf from '@tensorflow/tfjs';
import { dropped } from '../ops/dropout.js';
import { only } from './Conv.js';
import { requireDropRate } from './dropRate.js';
import { LayerRandom, type DrawingLayer } from './layerRandom.js';

/** A dropout's settings, plain data. */
export interface DropoutConfig {
  /** Also the path of its draws in the seed's stream. */
  readonly name?: string;
  /** The share of the elements that training sets to zero, in [0, 1). */
  readonly rate: number;
  /** 0 by default. */
  readonly seed?: number | string;
}

/**
 * Inverted dropout, any shape: in training each element is set to zero with probability `rate`, else divided by `1 - rate`; otherwise nothing happens.
 * Which ones is decided by seed, name and how often the layer has drawn: see {@link LayerRandom}.
 *
 * @throws `MgmtError` `nn/bad-rate`
 */
export class Dropout extends tf.layers.Layer implements DrawingLayer {
  static readonly className = 'MgmtDropout';
  readonly layerRandom: LayerRandom;
  private readonly config: Required<Omit<DropoutConfig, 'name'>>;

  constructor({ name, rate, seed = 0 }: DropoutConfig) {
    super(name === undefined ? {} : { name });
    this.config = { rate: requireDropRate(rate, this.name), seed };
    this.layerRandom = new LayerRandom(seed, this.name);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { readonly training?: boolean }): tf.Tensor {
    const x = only(inputs);
    const { rate } = this.config;
    if (kwargs?.training !== true || rate === 0) return tf.clone(x);
    return tf.tidy(() => dropped(x, this.layerRandom.uniform(x.shape), rate));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}
tf.serialization.registerClass(Dropout);
