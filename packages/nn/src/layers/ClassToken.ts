import * as tf from '@tensorflow/tfjs';
import { only } from './Conv.js';
import type { PytorchNamed, PytorchSlot } from './pytorchSlots.js';
import { startingWeights } from './startingWeights.js';

/** A class token's settings, plain data. */
export interface ClassTokenConfig {
  /** Also the name of the parameter in PyTorch's files, where it belongs to no module: `cls_token`. */
  readonly name?: string;
  /** Whether the parameter has an axis for the batch in PyTorch's files, `[1, 1, dim]`: true by default; else `[1, dim]`. */
  readonly batchAxis?: boolean;
  /** 0 by default. */
  readonly seed?: number | string;
}

/** A learned token before all others: `[b, n, dim]` to `[b, n + 1, dim]`. It starts standard normal. */
export class ClassToken extends tf.layers.Layer implements PytorchNamed {
  static readonly className = 'MgmtClassToken';
  private readonly config: Required<Omit<ClassTokenConfig, 'name'>>;
  private token: tf.LayerVariable | undefined;

  constructor({ name, batchAxis = true, seed = 0 }: ClassTokenConfig = {}) {
    super(name === undefined ? {} : { name });
    this.config = { batchAxis, seed };
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const dim = (inputShape as number[]).at(-1)!;
    const { seed, batchAxis } = this.config;
    const start = startingWeights({ seed, start: 'normal', path: this.name, fanIn: 1, fanOut: 1 });
    this.token = this.addWeight('weight', [...(batchAxis ? [1] : []), 1, dim], 'float32', start);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = only(inputs) as tf.Tensor3D;
      const [b, , dim] = x.shape;
      const token = tf.reshape(this.token!.read(), [1, 1, dim]);
      return tf.concat([tf.broadcastTo(token, [b, 1, dim]), x], 1);
    });
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [b, n, dim] = inputShape as [number | null, number, number];
    return [b, n + 1, dim];
  }

  /** The token, under the layer's own name. */
  pytorchSlots(): readonly PytorchSlot[] {
    return [{ name: '', layout: 'vector', weight: this.token! }];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}
tf.serialization.registerClass(ClassToken);
