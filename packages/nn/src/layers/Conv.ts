import * as tf from '@tensorflow/tfjs';
import { convolution } from '../ops/conv.js';
import { perAxis, spellPadding, type Padding } from '../ops/padding.js';
import type { PytorchNamed, PytorchSlot } from './pytorchSlots.js';
import { startingWeights, type WeightStart } from './startingWeights.js';

/** A convolution's settings, plain data. */
export interface ConvConfig {
  /** Also the path of its weights in the seed's stream, and its module name in PyTorch's files. */
  readonly name?: string;
  readonly filters: number;
  /** Extent of the kernel, one for all axes or one each. */
  readonly kernel: number | readonly number[];
  /** 1 by default. */
  readonly stride?: number | readonly number[];
  /** 0 by default, as PyTorch. */
  readonly padding?: Padding;
  /** True by default, as PyTorch; a batch norm behind it makes it pointless. */
  readonly bias?: boolean;
  /** `kaiming` by default, as torchvision's and MONAI's ResNets; a bias always starts `uniform`, PyTorch's default. */
  readonly start?: WeightStart;
  /** 0 by default. */
  readonly seed?: number | string;
}

/** Convolution in two or three dimensions with numeric padding: `[b, (d,) h, w, c]` to `[b, (d',) h', w', filters]`. */
export class Conv extends tf.layers.Layer implements PytorchNamed {
  static readonly className = 'MgmtConv';
  private readonly config: Required<Omit<ConvConfig, 'name'>>;
  private weight: tf.LayerVariable | undefined;
  private bias: tf.LayerVariable | undefined;

  constructor(config: ConvConfig) {
    super(config.name === undefined ? {} : { name: config.name });
    const { filters, kernel, stride = 1, padding = 0, bias = true, start = 'kaiming', seed = 0 } = config;
    this.config = { filters, kernel, stride, padding, bias, start, seed };
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const shape = inputShape as number[];
    const { filters, start, seed } = this.config;
    const { kernel } = this.geometry(shape.length - 2);
    const channels = shape.at(-1)!;
    const receptive = kernel.reduce((product, n) => product * n, 1);
    const fans = { seed, fanIn: receptive * channels, fanOut: receptive * filters };
    const weightStart = startingWeights({ ...fans, start, path: `${this.name}/weight` });
    this.weight = this.addWeight('weight', [...kernel, channels, filters], 'float32', weightStart);
    if (this.config.bias) {
      const biasStart = startingWeights({ ...fans, start: 'uniform', path: `${this.name}/bias` });
      this.bias = this.addWeight('bias', [filters], 'float32', biasStart);
    }
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = only(inputs);
      const y = convolution(x, this.weight!.read(), this.geometry(x.rank - 2));
      return this.bias ? tf.add(y, this.bias.read()) : y;
    });
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [b, ...rest] = inputShape as [number | null, ...number[]];
    const { output } = spellPadding({ input: rest.slice(0, -1), ...this.geometry(rest.length - 1) });
    return [b, ...output, this.config.filters];
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
tf.serialization.registerClass(Conv);

/** The one input of a layer that takes one. */
export function only(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
  return Array.isArray(inputs) ? inputs[0]! : inputs;
}
