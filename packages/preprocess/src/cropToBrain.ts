import type { Volume, VoxelArray } from '@mgmt/core';
import { blankVolume } from './blankVolume.js';
import { type Box, boundingBox, cropToBox } from './box.js';
import { type BrainThreshold, headVoxels } from './brainThreshold.js';

/** How the head is told from its background. */
export interface CropToBrainConfig {
  readonly threshold: BrainThreshold;
}

/**
 * The smallest box around the head, cut out of the volume. A constant volume that is not zero is all head under `nonzero`.
 *
 * @throws `MgmtError` `preprocess/blank-volume` where nothing counts as head: all zero or NaN, or, under `otsu`, all equal
 */
export function cropToBrain<T extends VoxelArray>(volume: Volume<T>, config: CropToBrainConfig): Volume<T> {
  return cropToBox(volume, brainBox(volume, config));
}

/**
 * The box that `cropToBrain` cuts, for use on other volumes of the same grid.
 *
 * @throws `MgmtError` `preprocess/blank-volume`
 */
export function brainBox(volume: Volume, { threshold }: CropToBrainConfig): Box {
  const box = boundingBox(volume, headVoxels(volume, threshold));
  if (!box) throw blankVolume(volume);
  return box;
}
