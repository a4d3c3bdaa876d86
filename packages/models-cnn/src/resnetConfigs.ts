import type { ResNetConfig } from './resnet.js';

/** Everything of a ResNet but the size of its input. */
export type ResNetPreset = Omit<ResNetConfig, 'spatial'>;

/** ResNet18 as torchvision's, with one channel and one logit. 11,170,753 parameters. */
export const resnet18Config = {
  channels: 1,
  classes: 1,
  block: 'basic',
  blocks: [2, 2, 2, 2],
  width: 64,
  stemStride: 2,
  downsampleBias: false,
  headBiasStart: 'uniform',
  seed: 0,
} as const satisfies ResNetPreset;

/** 21,278,913 parameters. */
export const resnet34Config = { ...resnet18Config, blocks: [3, 4, 6, 3] } as const satisfies ResNetPreset;

/** 23,503,809 parameters. */
export const resnet50Config = { ...resnet34Config, block: 'bottleneck' } as const satisfies ResNetPreset;

/**
 * The competition winner's ResNet10, MONAI 0.6's: one basic block a stage, for 3-D input. 14,356,929 parameters; `downsampleBias: false` is
 * MONAI's of today, 14,356,033. The winner stacks slices last and transposed, so that MONAI's stem stride (1, 2, 2) means here `[2, 2, 1]` over
 * `[slice, row, column]`.
 */
export const resnet10Config = {
  ...resnet18Config,
  blocks: [1, 1, 1, 1],
  stemStride: [2, 2, 1],
  downsampleBias: true,
  headBiasStart: 'zeros',
} as const satisfies ResNetPreset;
