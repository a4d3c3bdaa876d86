import type { Volume } from '@mgmt/core';
import { otsuThreshold } from './otsuThreshold.js';

/**
 * What counts as head.
 *
 * - `nonzero`: every voxel that is not exactly zero; for skull-stripped heads, whose background is zero.
 * - `otsu`: every voxel at or above Otsu's threshold; for others, whose background is noise.
 * - `auto`: `nonzero` where at least half of the voxels on the volume's six faces are exactly zero, else `otsu`. Noise is seldom exactly zero, and a
 *   stripped brain touches few of the faces.
 */
export type BrainThreshold = 'nonzero' | 'otsu' | 'auto';

/** Tells the voxels of a head from those of its background; NaN is background. Where all voxels are equal, Otsu's rule finds no head. */
export function headVoxels(volume: Volume, threshold: BrainThreshold): (value: number) => boolean {
  if (thresholdFor(volume, threshold) === 'nonzero') return (value) => value !== 0 && !Number.isNaN(value);
  const level = otsuThreshold(volume.data) ?? Infinity;
  return (value) => value >= level && value < Infinity;
}

/** What `auto` means for a volume. */
export function thresholdFor(volume: Volume, threshold: BrainThreshold): 'nonzero' | 'otsu' {
  if (threshold !== 'auto') return threshold;
  return shareOfZerosOnFaces(volume) >= 0.5 ? 'nonzero' : 'otsu';
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
