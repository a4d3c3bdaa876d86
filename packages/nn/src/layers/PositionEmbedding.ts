import * as tf from '@tensorflow/tfjs';
import { only } from './Conv.js';
import type { PytorchNamed, PytorchSlot } from './pytorchSlots.js';
import { startingWeights } from './startingWeights.js';

/** A position embedding's settings, plain data. */
export interface PositionEmbeddingConfig {
  /** Also the name of the parameter in PyTorch's files, where it belongs to no module: `pos_embedding`. */
  readonly name?: string;
  /** Whether the parameter has an axis for the batch in PyTorch's files, `[1, n, dim]`: true by default; else `[n, dim]`. */
  readonly batchAxis?: boolean;
  /** 0 by default. */
  readonly seed?: number | string;
}

/** Adds to each token what is learned for its place: `[b, n, dim]` to the same. It starts standard normal. */
export class PositionEmbedding extends tf.layers.Layer implements PytorchNamed {
  static readonly className = 'MgmtPositionEmbedding';
  private readonly config: Required<Omit<PositionEmbeddingConfig, 'name'>>;
  private places: tf.LayerVariable | undefined;

  constructor({ name, batchAxis = true, seed = 0 }: PositionEmbeddingConfig = {}) {
    super(name === undefined ? {} : { name });
    this.config = { batchAxis, seed };
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const [, n, dim] = inputShape as [number | null, number, number];
    const { seed, batchAxis } = this.config;
    const start = startingWeights({ seed, start: 'normal', path: this.name, fanIn: 1, fanOut: 1 });
    this.places = this.addWeight('weight', [...(batchAxis ? [1] : []), n, dim], 'float32', start);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => tf.add(only(inputs), this.places!.read()));
  }

  /** The embedding, under the layer's own name. */
  pytorchSlots(): readonly PytorchSlot[] {
    return [{ name: '', layout: 'vector', weight: this.places! }];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}
tf.serialization.registerClass(PositionEmbedding);
