import {
  averagePool,
  batchNorm,
  concatenate,
  conv,
  dense,
  dropout,
  globalAveragePool,
  maxPool,
  model,
  relu,
  type LayersModel,
  type SymbolicTensor,
} from '@mgmt/nn';
import { imageInput, type ImageInputConfig } from './imageInput.js';

/** DenseNet-BC in two or three dimensions, a plain record. */
export interface DenseNetConfig extends ImageInputConfig {
  /** Logits out; 1 for a yes or no. */
  readonly classes: number;
  /** Dense layers in each block. */
  readonly blocks: readonly number[];
  /** Channels that every dense layer adds. */
  readonly growth: number;
  /** Channels of the stem. */
  readonly width: number;
  /** The 1x1 convolution of a dense layer narrows its input to this many times `growth`. */
  readonly bottleneck: number;
  /** Share of each dense layer's output that training drops. */
  readonly dropout: number;
  /** Equal seeds start from equal weights and draw equal dropouts. */
  readonly seed: number | string;
}

/**
 * DenseNet: `[b, (d,) h, w, channels]` to logits `[b, classes]`. Every layer of a block sees the outputs of all before it; norm and ReLU stand before
 * the convolution.
 *
 * Paddings, starting weights, names and order are torchvision's, so that its files load: a layer is called as its module there,
 * `features.denseblock1.denselayer1.norm1`. Two things differ, and no value: the stem pools before it rectifies, as in `resnet`, and a layer's output
 * is put behind all before it once, where torchvision puts everything together anew for each layer.
 *
 * @remarks Huang et al. 2017, doi:10.1109/CVPR.2017.243.
 * @throws `MgmtError` `nn/window-too-large` where the input is smaller than a window
 * @example
 * const network = densenet({ ...densenet121Config, spatial: [128, 128] });
 */
export function densenet(config: DenseNetConfig): LayersModel {
  const { width, seed } = config;
  const { x, seen } = imageInput(config);
  const stem = conv(seen, width, { kernel: 7, stride: 2, padding: 3, bias: false, start: 'kaiming-in', seed, name: 'features.conv0' }); // [b, d/2, h/2, w/2, width]
  const pooled = maxPool(batchNorm(stem, { name: 'features.norm0' }), { kernel: 3, stride: 2, padding: 1, name: 'features.pool0' }); // [b, d/4, h/4, w/4, width]
  let y = relu(pooled, { name: 'features.relu0' });
  config.blocks.forEach((count, block) => {
    for (let i = 1; i <= count; i++) y = denseLayer(y, `features.denseblock${block + 1}.denselayer${i}`, config); // growth more channels
    if (block < config.blocks.length - 1) y = transition(y, `features.transition${block + 1}`, config); // half the channels, half of every axis
  });
  const last = relu(batchNorm(y, { name: 'features.norm5' }), { name: 'relu' });
  const features = globalAveragePool(last, { name: 'avgpool' }); // [b, c]
  const logits = dense(features, config.classes, { biasStart: 'zeros', seed, name: 'classifier' });
  return model(x, logits, { name: `densenet${config.spatial.length}d` });
}

/** `[b, ..., c] -> [b, ..., c + growth]` */
function denseLayer(x: SymbolicTensor, name: string, { growth, bottleneck, dropout: rate, seed }: DenseNetConfig): SymbolicTensor {
  const start = { bias: false, start: 'kaiming-in', seed } as const;
  const before = relu(batchNorm(x, { name: `${name}.norm1` }), { name: `${name}.relu1` });
  const narrow = conv(before, bottleneck * growth, { ...start, kernel: 1, name: `${name}.conv1` });
  const between = relu(batchNorm(narrow, { name: `${name}.norm2` }), { name: `${name}.relu2` });
  const grown = conv(between, growth, { ...start, kernel: 3, padding: 1, name: `${name}.conv2` });
  return concatenate([x, rate > 0 ? dropout(grown, { rate, seed, name: `${name}.dropout` }) : grown], { name });
}

/** `[b, d, h, w, c] -> [b, d/2, h/2, w/2, c/2]` */
function transition(x: SymbolicTensor, name: string, { seed }: DenseNetConfig): SymbolicTensor {
  const before = relu(batchNorm(x, { name: `${name}.norm` }), { name: `${name}.relu` });
  const half = Math.floor(x.shape.at(-1)! / 2);
  const narrow = conv(before, half, { kernel: 1, bias: false, start: 'kaiming-in', seed, name: `${name}.conv` });
  return averagePool(narrow, { kernel: 2, name: `${name}.pool` });
}
