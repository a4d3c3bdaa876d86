import type { Volume, VoxelArray } from '@mgmt/core';
import { resizeVolume } from './resize.js';

/** How many slices are taken. */
export interface EvenSlicesConfig {
  readonly count: number;
}

/**
 * Slices evenly spaced over the volume: that in the middle of each of `count` equal parts. Nothing is interpolated; where there are fewer slices, some come twice.
 *
 * @returns a volume whose affine places the slices exactly evenly: each within half a slice of where it was
 */
export function evenSlices<T extends VoxelArray>(volume: Volume<T>, { count }: EvenSlicesConfig): Volume<T> {
  return resizeVolume(volume, { shape: [count, volume.shape[1], volume.shape[2]], interpolation: 'nearest' });
}
