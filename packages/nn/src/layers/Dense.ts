import * as tf from '@tensorflow/tfjs';
import { addBias } from '../ops/addBias.js';
import { linear } from '../ops/linear.js';
import { only } from './Conv.js';
import type { PytorchNamed, PytorchSlot } from './pytorchSlots.js';
import { startingWeights, type WeightStart } from './startingWeights.js';

/** A linear layer's settings, plain data. */
export interface DenseConfig {
  readonly name?: string;
  /** Features out. */
  readonly units: number;
  /** True by default. */
  readonly bias?: boolean;
  /** `uniform` by default, PyTorch's. */
  readonly start?: WeightStart;
  /** `uniform` by default, PyTorch's; MONAI's ResNets take `zeros`. */
  readonly biasStart?: WeightStart;
  /** 0 by default. */
  readonly seed?: number | string;
}

/** `x W + b` over the last axis: `[b, ..., in]` to `[b, ..., units]`. */
export class Dense extends tf.layers.Layer implements PytorchNamed {
  static readonly className = 'MgmtDense';
  private readonly config: Required<Omit<DenseConfig, 'name'>>;
  private weight: tf.LayerVariable | undefined;
  private bias: tf.LayerVariable | undefined;

  constructor({ name, units, bias = true, start = 'uniform', biasStart = 'uniform', seed = 0 }: DenseConfig) {
    super(name === undefined ? {} : { name });
    this.config = { units, bias, start, biasStart, seed };
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const features = (inputShape as number[]).at(-1)!;
    const { units, start, biasStart, seed } = this.config;
    const fans = { seed, fanIn: features, fanOut: units };
    const draw = (name: string, how: WeightStart) => startingWeights({ ...fans, start: how, path: `${this.name}/${name}` });
    this.weight = this.addWeight('weight', [features, units], 'float32', draw('weight', start));
    if (this.config.bias) this.bias = this.addWeight('bias', [units], 'float32', draw('bias', biasStart));
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const y = linear(only(inputs), this.weight!.read() as tf.Tensor2D);
      return this.bias ? addBias(y, this.bias.read()) : y;
    });
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return [...(inputShape as tf.Shape).slice(0, -1), this.config.units];
  }

  /** The weights, in PyTorch's order. */
  pytorchSlots(): readonly PytorchSlot[] {
    const slots: PytorchSlot[] = [{ name: 'weight', layout: 'linear', weight: this.weight! }];
    return this.bias ? [...slots, { name: 'bias', layout: 'vector', weight: this.bias }] : slots;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}
tf.serialization.registerClass(Dense);
