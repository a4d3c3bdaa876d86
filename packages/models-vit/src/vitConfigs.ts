import type { VitConfig } from './vit.js';

/** Everything of a vision transformer but the size of its image. */
export type VitPreset = Omit<VitConfig, 'spatial'>;

/**
 * The paper's Table 5, over volumes: 205,820,929 parameters for 64 x 256 x 256 voxels, of which the patch embedding has a third. Its head dimension of
 * 1,024 is that of each of 8 heads, four times `dim` in all; what the table leaves open (class token, no dropout) is vit-pytorch's default.
 */
export const vitTable5Config = {
  channels: 1,
  classes: 1,
  patch: 32,
  dim: 2048,
  depth: 2,
  heads: 8,
  headDim: 1024,
  mlpDim: 512,
  pool: 'cls',
  dropout: 0,
  embeddingDropout: 0,
  form: '2021',
  seed: 0,
} as const satisfies VitPreset;

/** The same over 256 x 256 images of 64 channels, the slices: 272,798,721 parameters. */
export const vitTable5SlicesConfig = { ...vitTable5Config, channels: 64 } as const satisfies VitPreset;
