import * as tf from '@tensorflow/tfjs';
import { depthwiseConvolution } from '../ops/depthwise.js';
import { perAxis, spellPadding } from '../ops/padding.js';
import { only, type ConvConfig } from './Conv.js';
import type { PytorchNamed, PytorchSlot } from './pytorchSlots.js';
import { startingWeights } from './startingWeights.js';

/** A depthwise convolution's settings, plain data: those of a {@link Conv} whose filters are one a channel. */
export type DepthwiseConvConfig = Omit<ConvConfig, 'filters'>;

/**
 * Depthwise convolution in two or three dimensions with numeric padding: `[b, (d,) h, w, c]` to `[b, (d',) h', w', c]`, each channel with a kernel of
 * its own. PyTorch's `Conv2d` and `Conv3d` with `groups` equal to the channels.
 */
export class DepthwiseConv extends tf.layers.Layer implements PytorchNamed {
  static readonly className = 'MgmtDepthwiseConv';
  private readonly config: Required<Omit<DepthwiseConvConfig, 'name'>>;
  private weight: tf.LayerVariable | undefined;
  private bias: tf.LayerVariable | undefined;

  constructor(config: DepthwiseConvConfig) {
    super(config.name === undefined ? {} : { name: config.name });
    const { kernel, stride = 1, padding = 0, bias = true, start = 'kaiming', seed = 0 } = config;
    this.config = { kernel, stride, padding, bias, start, seed };
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const shape = inputShape as number[];
    const { start, seed } = this.config;
    const { kernel } = this.geometry(shape.length - 2);
    const channels = shape.at(-1)!;
    const receptive = kernel.reduce((product, n) => product * n, 1);
    const fans = { seed, fanIn: receptive, fanOut: receptive };
    const weightStart = startingWeights({ ...fans, start, path: `${this.name}/weight` });
    this.weight = this.addWeight('weight', [...kernel, 1, channels], 'float32', weightStart);
    if (this.config.bias) {
      const biasStart = startingWeights({ ...fans, start: 'uniform', path: `${this.name}/bias` });
      this.bias = this.addWeight('bias', [channels], 'float32', biasStart);
    }
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = only(inputs);
      const y = depthwiseConvolution(x, this.weight!.read(), this.geometry(x.rank - 2));
      return this.bias ? tf.add(y, this.bias.read()) : y;
    });
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [b, ...rest] = inputShape as [number | null, ...number[]];
    const { output } = spellPadding({ input: rest.slice(0, -1), ...this.geometry(rest.length - 1) });
    return [b, ...output, rest.at(-1)!];
  }

  /** The weights, in PyTorch's order. */
  pytorchSlots(): readonly PytorchSlot[] {
    const slots: PytorchSlot[] = [{ name: 'weight', layout: 'conv', weight: this.weight! }];
    return this.bias ? [...slots, { name: 'bias', layout: 'vector', weight: this.bias }] : slots;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config } as tf.serialization.ConfigDict;
  }

  private geometry(rank: number) {
    const { kernel, stride, padding } = this.config;
    return { kernel: perAxis(kernel, rank), stride: perAxis(stride, rank), padding };
  }
}
tf.serialization.registerClass(DepthwiseConv);
