import type { Volume, VoxelArray } from '@mgmt/core';
import { cropToBox } from './box.js';
import type { BrainThreshold } from './brainThreshold.js';
import { centerSlice } from './centerSlice.js';

/** Which slices a window takes. */
export interface WindowOfSlicesConfig {
  /** Slices before the center. */
  readonly before: number;
  /** Slices from the center on, itself included. */
  readonly after: number;
  /** Index of the center; that of the largest cutaway of the brain by default, see `centerSlice`. */
  readonly center?: number;
  /** What counts as brain where the center is looked for; `nonzero` by default. */
  readonly threshold?: BrainThreshold;
}

/**
 * The slices `[center - before, center + after)`. Where the window reaches beyond the volume, slices of zeros stand, before its first slice or after its
 * last one, so that the result always has `before + after` slices and the center is always at index `before`.
 *
 * @throws `MgmtError` `preprocess/blank-volume` where the center is looked for and no voxel counts
 * @example
 * windowOfSlices(toAxial(head), { before: 32, after: 32 }); // the paper's 64 slices
 */
export function windowOfSlices<T extends VoxelArray>(
  volume: Volume<T>,
  { before, after, threshold, center = centerSlice(volume, threshold) }: WindowOfSlicesConfig,
): Volume<T> {
  const [, rows, columns] = volume.shape;
  return cropToBox(volume, { start: [center - before, 0, 0], stop: [center + after, rows, columns] });
}
