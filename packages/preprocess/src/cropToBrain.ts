import type { Volume, VoxelArray } from '@mgmt/core';
import { blankVolume } from './blankVolume.js';
import { type Box, boundingBox, cropToBox } from './box.js';
import { otsuThreshold } from './otsuThreshold.js';
import { isNonZero } from './sliceExtent.js';

/**
 * What counts as head.
 *
 * - `nonzero`: every voxel that is not exactly zero; for skull-stripped heads, whose background is zero.
 * - `otsu`: every voxel at or above Otsu's threshold; for others, whose background is noise.
 * - `auto`: `nonzero` where at least half of the voxels on the volume's six faces are exactly zero, else `otsu`. Noise is seldom exactly zero, and a
 *   stripped brain touches few of the faces.
 */
export type BrainThreshold = 'nonzero' | 'otsu' | 'auto';

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
  const kind = threshold === 'auto' ? (shareOfZerosOnFaces(volume) >= 0.5 ? 'nonzero' : 'otsu') : threshold;
  const level = kind === 'otsu' ? (otsuThreshold(volume.data) ?? Infinity) : undefined;
  const box = boundingBox(volume, level === undefined ? isNonZero : (value) => value >= level && value < Infinity);
  if (!box) throw blankVolume(volume, kind === 'otsu' ? 'two different values' : 'a voxel that is not zero');
  return box;
}

function shareOfZerosOnFaces({ data, shape: [slices, rows, columns] }: Volume): number {
  let zeros = 0;
  let voxels = 0;
  for (let k = 0; k < slices; k++) {
    for (let j = 0; j < rows; j++) {
      const whole = k === 0 || k === slices - 1 || j === 0 || j === rows - 1;
      const step = whole ? 1 : Math.max(columns - 1, 1); // of an inner row only the two ends lie on a face
      for (let i = 0, p = (k * rows + j) * columns; i < columns; i += step) {
        if (data[p + i] === 0) zeros++;
        voxels++;
      }
    }
  }
  return zeros / voxels;
}
