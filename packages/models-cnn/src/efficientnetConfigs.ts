import type { EfficientNetConfig } from './efficientnet.js';

/** Everything of an EfficientNet but the size of its input. */
export type EfficientNetPreset = Omit<EfficientNetConfig, 'spatial'>;

/** b0 to b7, by which a preset becomes larger: `{ ...efficientnet3dB0Config, ...efficientnetSizes.b3 }`. */
export const efficientnetSizes = {
  b0: { widthFactor: 1, depthFactor: 1, headDropout: 0.2 },
  b1: { widthFactor: 1, depthFactor: 1.1, headDropout: 0.2 },
  b2: { widthFactor: 1.1, depthFactor: 1.2, headDropout: 0.3 },
  b3: { widthFactor: 1.2, depthFactor: 1.4, headDropout: 0.3 },
  b4: { widthFactor: 1.4, depthFactor: 1.8, headDropout: 0.4 },
  b5: { widthFactor: 1.6, depthFactor: 2.2, headDropout: 0.4 },
  b6: { widthFactor: 1.8, depthFactor: 2.6, headDropout: 0.5 },
  b7: { widthFactor: 2, depthFactor: 3.1, headDropout: 0.5 },
} as const satisfies Readonly<Record<string, Partial<EfficientNetPreset>>>;

/** In what the libraries differ, at equal blocks; spread over a preset. */
export const efficientnetForms = {
  /** timm's `tf_efficientnet_*`, with the weights that the authors trained in TensorFlow. */
  timmTensorflow: { padding: 'same', normEpsilon: 1e-3, normMomentum: 0.1, start: 'kaiming' },
  /** timm's `efficientnet_*`, with weights trained in PyTorch. */
  timm: { padding: 'symmetric', normEpsilon: 1e-5, normMomentum: 0.1, start: 'kaiming' },
  /** efficientnet_pytorch, with the authors' weights, and efficientnet_pytorch_3d, without any. */
  efficientnetPytorch: { padding: 'even', normEpsilon: 1e-3, normMomentum: 0.01, start: 'uniform' },
} as const satisfies Readonly<Record<string, Partial<EfficientNetPreset>>>;

/** EfficientNet b0 for images, with one channel and one logit. 4,008,253 parameters; 4,008,829 with 3 channels. */
export const efficientnetB0Config = {
  channels: 1,
  seenAs: 'itself',
  classes: 1,
  stages: [
    { blocks: 1, kernel: 3, stride: 1, expansion: 1, channels: 16 },
    { blocks: 2, kernel: 3, stride: 2, expansion: 6, channels: 24 },
    { blocks: 2, kernel: 5, stride: 2, expansion: 6, channels: 40 },
    { blocks: 3, kernel: 3, stride: 2, expansion: 6, channels: 80 },
    { blocks: 3, kernel: 5, stride: 1, expansion: 6, channels: 112 },
    { blocks: 4, kernel: 5, stride: 2, expansion: 6, channels: 192 },
    { blocks: 1, kernel: 3, stride: 1, expansion: 6, channels: 320 },
  ],
  stemChannels: 32,
  headChannels: 1280,
  squeeze: 0.25,
  dropConnect: 0.2,
  ...efficientnetSizes.b0,
  ...efficientnetForms.timmTensorflow,
  seed: 0,
} as const satisfies EfficientNetPreset;

/**
 * EfficientNet b0 for volumes, efficientnet_pytorch_3d's: the first block halves every axis too, 64 times smaller at the end. 4,689,661 parameters with
 * one channel and one logit. The paper trained it on `[64, 256, 256]` with Adam at 1e-3 and a batch of 4.
 */
export const efficientnet3dB0Config = {
  ...efficientnetB0Config,
  ...efficientnetForms.efficientnetPytorch,
  stages: efficientnetB0Config.stages.map((stage, i) => (i === 0 ? { ...stage, stride: 2 } : stage)),
} as const satisfies EfficientNetPreset;
