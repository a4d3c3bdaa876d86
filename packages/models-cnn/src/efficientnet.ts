import {
  add,
  batchNorm,
  conv,
  dense,
  depthwiseConv,
  dropConnect,
  dropout,
  globalAveragePool,
  model,
  multiply,
  reshape,
  sigmoid,
  swish,
  type LayersModel,
  type SymbolicTensor,
  type WeightStart,
} from '@mgmt/nn';
import { imageInput, type ImageInputConfig } from './imageInput.js';

/** EfficientNet in two or three dimensions, a plain record. */
export interface EfficientNetConfig extends ImageInputConfig {
  /** Logits out; 1 for a yes or no. */
  readonly classes: number;
  /** Of b0. */
  readonly stages: readonly EfficientNetStage[];
  /** Channels of the stem and after the last stage, of b0. */
  readonly stemChannels: number;
  readonly headChannels: number;
  /** Times the channels of b0, rounded to multiples of 8: 1 to 2 for b0 to b7; a demonstration does with 0.25. */
  readonly widthFactor: number;
  /** Times the blocks of each stage of b0, rounded up: 1 to 3.1 for b0 to b7. */
  readonly depthFactor: number;
  /**
   * How far the windows reach beyond the edges. `symmetric`: half a kernel on both sides (timm's `efficientnet_*`). `same`: TensorFlow's, which where the
   * stride is 2 has more behind than before (timm's `tf_efficientnet_*`). `even`: TensorFlow's for even extents, also where an extent is odd
   * (efficientnet_pytorch_3d, which works it out once for an image of another size); an extent too small for a window, at which that one fails, is
   * padded as `same`. Where every extent is divisible by the network's stride (64 in three dimensions, 32 in two), `even` is `same`.
   */
  readonly padding: 'symmetric' | 'same' | 'even';
  /** Added to the variance by batch norms: 1e-3 where weights come from TensorFlow. */
  readonly normEpsilon: number;
  /** Of the batch norms' running statistics, in PyTorch's sense. */
  readonly normMomentum: number;
  /** Times a block's input channels are those that the squeeze-and-excitation squeezes to. */
  readonly squeeze: number;
  /** Share of the features that training drops before the classifier. */
  readonly headDropout: number;
  /** Share of the samples for which training leaves out the last block; before it, in proportion to the number of the block. */
  readonly dropConnect: number;
  /** How convolutions start: `uniform` in efficientnet_pytorch (PyTorch's default), `kaiming` in timm and the paper. */
  readonly start: WeightStart;
  /** Equal seeds start from equal weights on every machine, and draw equal dropouts. */
  readonly seed: number | string;
}

/** Blocks of one kind, one behind the other; the first has the stride, and changes the channels. */
export interface EfficientNetStage {
  readonly blocks: number;
  readonly kernel: number;
  readonly stride: number;
  /** Times a block's input channels are those of its depthwise convolution. */
  readonly expansion: number;
  readonly channels: number;
}

/**
 * EfficientNet: `[b, (d,) h, w, channels]` to logits `[b, classes]`. A block widens its input, convolves each channel by itself, weighs the channels by
 * their means (squeeze and excitation), narrows, and adds its input where the shape is the same.
 *
 * Values, names and order of weights are those of efficientnet_pytorch and efficientnet_pytorch_3d, so that their files load, and timm's, torchvision's
 * and MONAI's with them. A layer is called as its module there behind `efficientnet/`, since a layer's name cannot begin with an underscore; the features
 * of a stage are read at {@link efficientnetStages}.
 *
 * Kernels, strides and paddings are the same along every axis: the network over `[slice, row, column]` is the published one over `[row, column, slice]`,
 * but weights that were trained on volumes in that order want them in that order.
 *
 * @remarks Tan & Le 2019, arXiv:1905.11946; the block is of Sandler et al. 2018, doi:10.1109/CVPR.2018.00474, squeeze and excitation of Hu et al. 2018,
 * doi:10.1109/CVPR.2018.00745.
 * @throws `MgmtError` `nn/window-too-large` where the input is smaller than a window
 * @example
 * const network = efficientnet({ ...efficientnet3dB0Config, spatial: [64, 256, 256] });
 */
export function efficientnet(config: EfficientNetConfig): LayersModel {
  const { x, seen } = imageInput(config);
  return model(x, efficientnetLogits(seen, config), { name: `efficientnet${config.spatial.length}d` });
}

/**
 * An EfficientNet between an input and its logits: `[b, (d,) h, w, c]` to `[b, classes]`.
 *
 * @param prefix - before the name of each layer
 */
export function efficientnetLogits(x: SymbolicTensor, config: EfficientNetConfig, prefix = PREFIX): SymbolicTensor {
  const { classes, headDropout: rate, seed } = config;
  const inside = { prefix, config };
  let y = convNormSwish(x, scaled(config.stemChannels, config), { conv: '_conv_stem', norm: 0, kernel: 3, stride: 2, ...inside }); // [b, d/2, h/2, w/2, c]
  for (const block of blocksOf(config)) y = invertedBottleneck(y, block, inside);
  const last = convNormSwish(y, scaled(config.headChannels, config), { conv: '_conv_head', norm: 1, kernel: 1, stride: 1, ...inside }); // [b, d/64, h/64, w/64, 1280]
  const features = globalAveragePool(last, { name: `${prefix}_avg_pooling` }); // [b, 1280]
  const kept = rate > 0 ? dropout(features, { rate, seed, name: `${prefix}_dropout` }) : features;
  return dense(kept, classes, { seed, name: `${prefix}_fc` });
}

/** The layers whose outputs are the features of the stages: for `featureModel`. */
export function efficientnetStages(config: Pick<EfficientNetConfig, 'stages' | 'stemChannels' | 'widthFactor' | 'depthFactor'>): string[] {
  return blocksOf({ ...config, dropConnect: 0 })
    .filter(({ isLast }) => isLast)
    .map(({ name, hasShortcut }) => `${PREFIX}${name}${hasShortcut ? '' : '._bn2'}`);
}

const PREFIX = 'efficientnet/';

interface Block extends Omit<EfficientNetStage, 'blocks'> {
  readonly name: string;
  readonly hasShortcut: boolean;
  /** Of its stage. */
  readonly isLast: boolean;
  /** Share of the samples for which training leaves it out. */
  readonly dropped: number;
}

type BlockPlan = Pick<EfficientNetConfig, 'stages' | 'stemChannels' | 'widthFactor' | 'depthFactor' | 'dropConnect'>;

function blocksOf({ stages, stemChannels, depthFactor, dropConnect: rate, ...width }: BlockPlan): Block[] {
  const counts = stages.map(({ blocks }) => Math.ceil(depthFactor * blocks));
  const total = counts.reduce((sum, count) => sum + count, 0);
  let inputs = scaled(stemChannels, width);
  let number = 0;
  return stages.flatMap(({ stride, expansion, kernel, ...stage }, stageIndex) =>
    Array.from({ length: counts[stageIndex]! }, (_, i): Block => {
      const channels = scaled(stage.channels, width);
      const own = i === 0 ? stride : 1;
      const hasShortcut = own === 1 && inputs === channels;
      inputs = channels;
      const isLast = i === counts[stageIndex]! - 1;
      const dropped = (rate * number) / total;
      return { name: `_blocks.${number++}`, kernel, stride: own, expansion, channels, hasShortcut, isLast, dropped };
    }),
  );
}

/** Channels of b0 as those of a wider or narrower network: to a multiple of 8, and not less than nine tenths. */
function scaled(channels: number, { widthFactor }: Pick<EfficientNetConfig, 'widthFactor'>): number {
  const exact = channels * widthFactor;
  const rounded = Math.max(8, Math.floor((exact + 4) / 8) * 8);
  return rounded < 0.9 * exact ? rounded + 8 : rounded;
}

interface Surroundings {
  readonly prefix: string;
  readonly config: EfficientNetConfig;
}

function invertedBottleneck(x: SymbolicTensor, block: Block, { prefix, config }: Surroundings): SymbolicTensor {
  const { kernel, stride, expansion, channels, hasShortcut, dropped } = block;
  const { seed, start } = config;
  const name = `${prefix}${block.name}`;
  const inside = { prefix: `${name}.`, config };
  const inputs = x.shape.at(-1)!;
  const widening = { conv: '_expand_conv', norm: 0, kernel: 1, stride: 1, ...inside };
  const wide = expansion === 1 ? x : convNormSwish(x, expansion * inputs, widening); // [b, d, h, w, expansion inputs]
  const padding = paddingOf(wide, { kernel, stride }, config);
  const deep = depthwiseConv(wide, { kernel, stride, padding, bias: false, start, seed, name: `${name}._depthwise_conv` }); // [b, d/stride, ...]
  const weighed = excitation(normSwish(deep, 1, inside), Math.max(1, Math.floor(inputs * config.squeeze)), inside);
  const narrow = conv(weighed, channels, { kernel: 1, bias: false, start, seed, name: `${name}._project_conv` }); // [b, d/stride, ..., channels]
  const y = norm(narrow, 2, inside);
  if (!hasShortcut) return y;
  return add(dropped > 0 ? dropConnect(y, { rate: dropped, seed, name: `${name}.drop_connect` }) : y, x, { name });
}

/** Weighs each channel by a number in (0, 1) that follows from the means of all: `[b, ..., c]` to the same. */
function excitation(x: SymbolicTensor, squeezed: number, { prefix, config: { start, seed } }: Surroundings): SymbolicTensor {
  const channels = x.shape.at(-1)!;
  const single = [...x.shape.slice(1, -1).map(() => 1), channels];
  const means = reshape(globalAveragePool(x, { name: `${prefix}mean` }), single, { name: `${prefix}squeezed` }); // [b, 1, 1, 1, c]
  const reduced = swish(conv(means, squeezed, { kernel: 1, start, seed, name: `${prefix}_se_reduce` }), { name: `${prefix}se_swish` });
  const weights = sigmoid(conv(reduced, channels, { kernel: 1, start, seed, name: `${prefix}_se_expand` }), {
    name: `${prefix}se_sigmoid`,
  });
  return multiply(x, weights, { name: `${prefix}excited` });
}

interface ConvNormSwish extends Surroundings {
  readonly conv: string;
  readonly norm: number;
  readonly kernel: number;
  readonly stride: number;
}

function convNormSwish(
  x: SymbolicTensor,
  filters: number,
  { conv: name, norm: index, kernel, stride, ...inside }: ConvNormSwish,
): SymbolicTensor {
  const { prefix, config } = inside;
  const { seed, start } = config;
  const padding = paddingOf(x, { kernel, stride }, config);
  const y = conv(x, filters, { kernel, stride, padding, bias: false, start, seed, name: `${prefix}${name}` });
  return normSwish(y, index, inside);
}

function normSwish(x: SymbolicTensor, index: number, inside: Surroundings): SymbolicTensor {
  return swish(norm(x, index, inside), { name: `${inside.prefix}swish${index}` });
}

function norm(x: SymbolicTensor, index: number, { prefix, config: { normEpsilon, normMomentum } }: Surroundings): SymbolicTensor {
  return batchNorm(x, { epsilon: normEpsilon, momentum: normMomentum, name: `${prefix}_bn${index}` });
}

/** `[before, after]` of each spatial axis. */
function paddingOf(
  x: SymbolicTensor,
  { kernel, stride }: { readonly kernel: number; readonly stride: number },
  { padding }: EfficientNetConfig,
): readonly (readonly [number, number])[] {
  const half = Math.floor(kernel / 2);
  const total = (extent: number) => {
    const same = Math.max((Math.ceil(extent / stride) - 1) * stride + kernel - extent, 0);
    const even = Math.max(kernel - stride, 0);
    return padding === 'same' || extent + even < kernel ? same : even;
  };
  return (x.shape.slice(1, -1) as number[]).map((extent) => {
    if (padding === 'symmetric') return [half, half];
    const before = Math.floor(total(extent) / 2);
    return [before, total(extent) - before];
  });
}
