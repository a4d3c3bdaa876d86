import type { ResNetConfig } from './resnet.js';

/** Everything of a ResNet but the size of its input. */
export type ResNetPreset = Omit<ResNetConfig, 'spatial'>;

/** In what its authors' libraries differ, at equal blocks: spread over a preset, as `{ ...resnet18Config, ...resnetForms.monai06 }`. */
export const resnetForms = {
  /** That of torchvision's ImageNet weights. */
  torchvision: { downsampleBias: false, headBiasStart: 'uniform' },
  /** MONAI's to 0.6, and later where it is not told otherwise. */
  monai06: { downsampleBias: true, headBiasStart: 'zeros' },
  /** MONAI's of today with `bias_downsample=False`, as for MedicalNet's weights. */
  monai: { downsampleBias: false, headBiasStart: 'zeros' },
} as const satisfies Readonly<Record<string, Partial<ResNetPreset>>>;

/** ResNet18 as torchvision's, with one channel and one logit. 11,170,753 parameters. */
export const resnet18Config = {
  channels: 1,
  seenAs: 'itself',
  classes: 1,
  block: 'basic',
  blocks: [2, 2, 2, 2],
  width: 64,
  stemStride: 2,
  hidden: [],
  headDropout: 0.5,
  ...resnetForms.torchvision,
  seed: 0,
} as const satisfies ResNetPreset;

/** 21,278,913 parameters. */
export const resnet34Config = { ...resnet18Config, blocks: [3, 4, 6, 3] } as const satisfies ResNetPreset;

/** 23,503,809 parameters. */
export const resnet50Config = { ...resnet34Config, block: 'bottleneck' } as const satisfies ResNetPreset;

/**
 * The competition winner's ResNet10, MONAI 0.6's: one basic block a stage, for 3-D input. 14,356,929 parameters; with `resnetForms.monai` 14,356,033.
 * The winner stacks slices last and transposed, so that MONAI's stem stride (1, 2, 2) means here `[2, 2, 1]` over `[slice, row, column]`.
 */
export const resnet10Config = {
  ...resnet18Config,
  ...resnetForms.monai06,
  blocks: [1, 1, 1, 1],
  stemStride: [2, 2, 1],
} as const satisfies ResNetPreset;

/**
 * "ROI ResNet18 + more FC", for the tumor's box in a slice: fully connected layers 512-256-64-1 with ReLU and dropout. 11,318,081 parameters. "ROI
 * ResNet18" is {@link resnet18Config} on the same images.
 */
export const resnet18MoreFcConfig = { ...resnet18Config, hidden: [256, 64] } as const satisfies ResNetPreset;
