import {
  add,
  batchNorm,
  conv,
  dense,
  dropout,
  globalAveragePool,
  input,
  model,
  relu,
  type LayersModel,
  type SymbolicTensor,
} from '@mgmt/nn';

/** The custom ResNet for the tumor's box in a slice, a plain record. */
export interface ChangResNetConfig {
  /** `[h, w]`; 32 x 32 leaves 4 x 4 before the average. */
  readonly spatial: readonly number[];
  /** Modalities: 2 in the paper (FLAIR and T1wCE), 4 in Chang's. */
  readonly channels: number;
  /** Logits out; 1 for a yes or no. */
  readonly classes: number;
  /** Channels of each stage. */
  readonly widths: readonly number[];
  /** Share of each block's inner features that training drops. */
  readonly dropout: number;
  /** Equal seeds start from equal weights and draw equal dropouts. */
  readonly seed: number | string;
}

/** 16, 32, 64 and 64 channels. 231,809 parameters. */
export const changResnetConfig = {
  spatial: [32, 32],
  channels: 2,
  classes: 1,
  widths: [16, 32, 64, 64],
  dropout: 0.5,
  seed: 0,
} as const satisfies ChangResNetConfig;

/**
 * The custom ResNet of region-of-interest studies: `[b, h, w, channels]` to logits `[b, classes]`. One residual block a stage, and between stages a
 * convolution with stride 2. No convolution has a bias.
 *
 * @remarks Saeed et al. 2022, Figure 7, after Chang et al. 2018, doi:10.3174/ajnr.A5667. Neither tells where in a block the dropout is: here between
 * its two convolutions, as in wide residual networks (arXiv:1605.07146).
 */
export function changResnet(config: ChangResNetConfig): LayersModel {
  const { spatial, channels, classes, widths, seed } = config;
  const x = input([...spatial, channels]);
  let y = relu(convBn(x, widths[0]!, { stride: 1, name: 'stem', seed }), { name: 'stem.relu' }); // [b, h, w, 16]
  widths.forEach((width, i) => {
    if (i > 0) y = relu(convBn(y, width, { stride: 2, name: `down${i}`, seed }), { name: `down${i}.relu` }); // [b, h/2, w/2, width]
    y = residualBlock(y, `stage${i + 1}`, config);
  });
  const features = globalAveragePool(y, { name: 'avgpool' }); // [b, 64]
  return model(x, dense(features, classes, { seed, name: 'fc' }), { name: 'chang_resnet' });
}

function residualBlock(x: SymbolicTensor, name: string, { dropout: rate, seed }: ChangResNetConfig): SymbolicTensor {
  const width = x.shape.at(-1)!;
  const first = relu(convBn(x, width, { stride: 1, name, index: 1, seed }), { name: `${name}.relu` });
  const second = convBn(dropout(first, { rate, seed, name: `${name}.dropout` }), width, { stride: 1, name, index: 2, seed });
  return relu(add(second, x, { name: `${name}.add` }), { name });
}

interface ConvBnOptions {
  readonly stride: number;
  readonly name: string;
  readonly index?: 1 | 2;
  readonly seed: number | string;
}

function convBn(x: SymbolicTensor, filters: number, { stride, name, index, seed }: ConvBnOptions): SymbolicTensor {
  const y = conv(x, filters, { kernel: 3, stride, padding: 1, bias: false, seed, name: `${name}.conv${index ?? ''}` });
  return batchNorm(y, { name: `${name}.bn${index ?? ''}` });
}
