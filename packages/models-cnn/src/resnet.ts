import { add, batchNorm, conv, globalAveragePool, maxPool, model, relu, type LayersModel, type SymbolicTensor } from '@mgmt/nn';
import { head, type HeadConfig } from './head.js';
import { imageInput, type ImageInputConfig } from './imageInput.js';

/** ResNet in two or three dimensions, a plain record. */
export interface ResNetConfig extends ImageInputConfig, HeadConfig {
  readonly block: ResNetBlock;
  /** How many in each of the four stages. */
  readonly blocks: readonly [number, number, number, number];
  /** Of the first stage, doubled by each further one. The published networks have 64; a demonstration does with 8. */
  readonly width: number;
  /** The competition's ResNet10 keeps one axis whole: `[2, 2, 1]` over `[slice, row, column]`. */
  readonly stemStride: number | readonly number[];
  /** A bias in the down-sampling convolution, which the batch norm behind it cancels: MONAI's to 0.6 have one, torchvision's and later ones not. */
  readonly downsampleBias: boolean;
}

/** Two 3x3 convolutions, or 1x1, 3x3 and 1x1 around a quarter of the channels. */
export type ResNetBlock = 'basic' | 'bottleneck';

/**
 * ResNet: `[b, (d,) h, w, channels]` to logits `[b, classes]`.
 *
 * Paddings, the order of weights and the layers' names are torchvision's and MONAI's, so that their files load: a layer is called as its module
 * there, and a block's last layer as the block, `layer4.0`: features of a stage are read there, see {@link resnetStages}. One thing differs: the stem pools before it
 * rectifies. Both are monotone, so the values are the same, and the ReLU has a fourth (an eighth) of the elements to do; its layer is `relu`.
 *
 * @remarks He et al. 2016, doi:10.1109/CVPR.2016.90; in three dimensions Hara et al. 2018, arXiv:1711.09577.
 * @throws `MgmtError` `nn/window-too-large` where the input is smaller than a window
 * @example
 * const network = resnet({ ...resnet18Config, spatial: [256, 256] });
 */
export function resnet(config: ResNetConfig): LayersModel {
  const { x, seen } = imageInput(config);
  return model(x, head(resnetTrunk(seen, config), config), { name: `resnet${config.spatial.length}d` });
}

/**
 * A ResNet without its head: `[b, (d,) h, w, c]` to features `[b, 8 width]`, four times as many of bottlenecks.
 *
 * @param prefix - before the name of each layer, where a network has several trunks
 */
export function resnetTrunk(x: SymbolicTensor, config: ResNetConfig, prefix = ''): SymbolicTensor {
  const { width, stemStride, seed } = config;
  const stem = conv(x, width, { kernel: 7, stride: stemStride, padding: 3, bias: false, seed, name: `${prefix}conv1` }); // [b, d/2, h/2, w/2, width]
  const pooled = maxPool(batchNorm(stem, { name: `${prefix}bn1` }), { kernel: 3, stride: 2, padding: 1, name: `${prefix}maxpool` }); // [b, d/4, h/4, w/4, width]
  let y = relu(pooled, { name: `${prefix}relu` });
  config.blocks.forEach((count, stage) => {
    for (let i = 0; i < count; i++) {
      const stride = stage > 0 && i === 0 ? 2 : 1; // each stage but the first halves every axis
      y = BLOCKS[config.block](y, { width: width * 2 ** stage, stride, name: `${prefix}layer${stage + 1}.${i}`, config });
    }
  });
  return globalAveragePool(y, { name: `${prefix}avgpool` });
}

/** The layers whose outputs are the features of the four stages, `layer1.1` to `layer4.1` of a ResNet18: for `featureModel`. */
export function resnetStages({ blocks }: Pick<ResNetConfig, 'blocks'>): string[] {
  return blocks.map((count, stage) => `layer${stage + 1}.${count - 1}`);
}

interface BlockOptions {
  readonly width: number;
  readonly stride: number;
  readonly name: string;
  readonly config: ResNetConfig;
}

const BLOCKS: Record<ResNetBlock, (x: SymbolicTensor, options: BlockOptions) => SymbolicTensor> = {
  basic(x, { width, stride, name, config }) {
    const convBn = convBnOf(name, config);
    const y = relu(convBn(x, width, { kernel: 3, stride, padding: 1, index: 1 }), { name: `${name}.relu` });
    return residual(x, convBn(y, width, { kernel: 3, stride: 1, padding: 1, index: 2 }), { stride, name, config });
  },
  bottleneck(x, { width, stride, name, config }) {
    const convBn = convBnOf(name, config);
    const y = relu(convBn(x, width, { kernel: 1, stride: 1, padding: 0, index: 1 }), { name: `${name}.relu1` });
    const z = relu(convBn(y, width, { kernel: 3, stride, padding: 1, index: 2 }), { name: `${name}.relu2` }); // torchvision strides here (v1.5), the paper one earlier
    return residual(x, convBn(z, 4 * width, { kernel: 1, stride: 1, padding: 0, index: 3 }), { stride, name, config });
  },
};

interface ConvBnOptions {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly index: number;
}

function convBnOf(block: string, { seed }: ResNetConfig) {
  return (x: SymbolicTensor, filters: number, { index, ...window }: ConvBnOptions) =>
    batchNorm(conv(x, filters, { ...window, bias: false, seed, name: `${block}.conv${index}` }), { name: `${block}.bn${index}` });
}

function residual(x: SymbolicTensor, y: SymbolicTensor, { stride, name, config }: Omit<BlockOptions, 'width'>): SymbolicTensor {
  const channels = y.shape.at(-1)!;
  let shortcut = x;
  if (stride !== 1 || x.shape.at(-1) !== channels) {
    const { downsampleBias, seed } = config;
    const smaller = conv(x, channels, { kernel: 1, stride, bias: downsampleBias, seed, name: `${name}.downsample.0` });
    shortcut = batchNorm(smaller, { name: `${name}.downsample.1` });
  }
  return relu(add(y, shortcut, { name: `${name}.add` }), { name });
}
