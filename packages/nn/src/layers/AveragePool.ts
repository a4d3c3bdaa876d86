import * as tf from '@tensorflow/tfjs';
import { averagePooling } from '../ops/averagePool.js';
import { perAxis, spellPadding, type Padding } from '../ops/padding.js';
import { only } from './Conv.js';

/** An average pool's settings, plain data. */
export interface AveragePoolConfig {
  readonly name?: string;
  readonly kernel: number | readonly number[];
  /** The kernel's extent by default, as PyTorch. */
  readonly stride?: number | readonly number[];
  /** 0 by default. Padding counts as zeros in the mean, PyTorch's default. */
  readonly padding?: Padding;
}

/** Average pooling in two or three dimensions with numeric padding: `[b, (d,) h, w, c]` to `[b, (d',) h', w', c]`. */
export class AveragePool extends tf.layers.Layer {
  static readonly className = 'MgmtAveragePool';
  private readonly config: Required<Omit<AveragePoolConfig, 'name'>>;

  constructor({ name, kernel, stride = kernel, padding = 0 }: AveragePoolConfig) {
    super(name === undefined ? {} : { name });
    this.config = { kernel, stride, padding };
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => averagePooling(only(inputs), this.geometry(only(inputs).rank - 2)));
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [b, ...rest] = inputShape as [number | null, ...number[]];
    const { output } = spellPadding({ input: rest.slice(0, -1), ...this.geometry(rest.length - 1) });
    return [b, ...output, rest.at(-1)!];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config } as tf.serialization.ConfigDict;
  }

  private geometry(rank: number) {
    const { kernel, stride, padding } = this.config;
    return { kernel: perAxis(kernel, rank), stride: perAxis(stride, rank), padding };
  }
}
tf.serialization.registerClass(AveragePool);
