import type { DenseNetConfig } from './densenet.js';

/** Everything of a DenseNet but the size of its input. */
export type DenseNetPreset = Omit<DenseNetConfig, 'spatial'>;

/** DenseNet121 as torchvision's, with one channel and one logit. 6,948,609 parameters. */
export const densenet121Config = {
  channels: 1,
  seenAs: 'itself',
  classes: 1,
  blocks: [6, 12, 24, 16],
  growth: 32,
  width: 64,
  bottleneck: 4,
  dropout: 0,
  seed: 0,
} as const satisfies DenseNetPreset;

/** The wide one. 26,464,801 parameters. */
export const densenet161Config = { ...densenet121Config, blocks: [6, 12, 36, 24], growth: 48, width: 96 } as const satisfies DenseNetPreset;

/** 12,479,873 parameters. */
export const densenet169Config = { ...densenet121Config, blocks: [6, 12, 32, 32] } as const satisfies DenseNetPreset;

/** 18,088,577 parameters. */
export const densenet201Config = { ...densenet121Config, blocks: [6, 12, 48, 32] } as const satisfies DenseNetPreset;
