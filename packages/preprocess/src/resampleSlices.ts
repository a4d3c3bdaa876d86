import { spacingMm, type Volume } from '@mgmt/core';
import { resizeVolume } from './resize.js';

/** How far apart slices shall be. */
export interface ResampleSlicesConfig {
  /** Distance between the centres of neighboring slices, more than 0. */
  readonly spacingMm: number;
}

/**
 * Slices as near to the asked distance apart as a whole number of them in the volume's extent allows, linear between those there are, under the rule of
 * `resizeSlices`. Rows and columns stay. Without it a fixed number of slices covers a hand's breadth of one scan and a finger's of another.
 *
 * @returns float32; the volume itself where the number of slices is right already
 */
export function resampleSlices(volume: Volume, { spacingMm: wanted }: ResampleSlicesConfig): Volume {
  const [slices, rows, columns] = volume.shape;
  const count = Math.max(1, Math.round((slices * spacingMm(volume.affine)[0]) / wanted));
  return count === slices ? volume : resizeVolume(volume, { shape: [count, rows, columns], interpolation: 'linear' });
}
