import * as tf from '@tensorflow/tfjs';
import { layerNormalization } from '../ops/layerNorm.js';
import { only } from './Conv.js';
import type { PytorchNamed, PytorchSlot } from './pytorchSlots.js';

/** A layer norm's settings, plain data. */
export interface LayerNormConfig {
  readonly name?: string;
  /** Added to the variance: 1e-5 by default, PyTorch's. */
  readonly epsilon?: number;
}

/** Layer normalization over the last axis, `[b, ..., d]` to the same, with a scale and an offset for each of the `d`. */
export class LayerNorm extends tf.layers.Layer implements PytorchNamed {
  static readonly className = 'MgmtLayerNorm';
  private readonly epsilon: number;
  private scale: tf.LayerVariable | undefined;
  private offset: tf.LayerVariable | undefined;

  constructor({ name, epsilon = 1e-5 }: LayerNormConfig = {}) {
    super(name === undefined ? {} : { name });
    this.epsilon = epsilon;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const shape = [(inputShape as number[]).at(-1)!];
    this.scale = this.addWeight('weight', shape, 'float32', tf.initializers.ones());
    this.offset = this.addWeight('bias', shape, 'float32', tf.initializers.zeros());
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() =>
      layerNormalization(only(inputs), this.scale!.read() as tf.Tensor1D, this.offset!.read() as tf.Tensor1D, this.epsilon),
    );
  }

  /** The weights, in PyTorch's order. */
  pytorchSlots(): readonly PytorchSlot[] {
    return [
      { name: 'weight', layout: 'vector', weight: this.scale! },
      { name: 'bias', layout: 'vector', weight: this.offset! },
    ];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), epsilon: this.epsilon };
  }
}
tf.serialization.registerClass(LayerNorm);
