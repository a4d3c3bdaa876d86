import type { Affine, VolumeShape } from '@mgmt/core';
import type { PhantomConfig } from './phantomConfig.js';

/** Side of the square field of view in the plane of a slice: a brain of 170 mm with room around it. */
export const FIELD_OF_VIEW_MM = 208;

/** What the series of a head cover along a normal, by world axis `(x, y, z)`: left to right, front to back, bottom to top. */
export const EXTENT_MM = [172, 200, 156] as const;

/** A grid over a whole head. Its affine is axial: slices grow upward, rows to the back, columns to the left. */
export interface HeadGrid {
  readonly shape: VolumeShape;
  readonly stepMm: number;
  readonly affine: Affine;
}

/**
 * The grid that anatomy and mask live on: isotropic, as fine as the slices' pixels but no finer than 1 mm. As in BraTS, it is nobody's acquisition, so
 * a mask meets a series only by world coordinates.
 */
export function headGrid({ shape: [, rows, columns] }: PhantomConfig): HeadGrid {
  const stepMm = Math.max(1, FIELD_OF_VIEW_MM / Math.max(rows, columns));
  const [columnCount, rowCount, sliceCount] = EXTENT_MM.map((extent) => Math.ceil(extent / stepMm)) as [number, number, number];
  const start = (count: number) => (-(count - 1) / 2) * stepMm;
  return {
    shape: [sliceCount, rowCount, columnCount],
    stepMm,
    affine: [
      [stepMm, 0, 0, start(columnCount)],
      [0, stepMm, 0, start(rowCount)],
      [0, 0, stepMm, start(sliceCount)],
      [0, 0, 0, 1],
    ],
  };
}
