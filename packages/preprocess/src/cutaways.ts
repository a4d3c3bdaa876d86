import type { Volume } from '@mgmt/core';
import { type BrainThreshold, headVoxels, thresholdFor } from './brainThreshold.js';
import { insideScan } from './insideScan.js';
import { sliceExtent, type SliceExtent } from './sliceExtent.js';

/** The head in every slice of a volume. */
export interface Cutaways {
  /** What counted as head. */
  readonly threshold: 'nonzero' | 'otsu';
  /** Its bounding rectangle in each slice, none where there is no head. */
  readonly extents: readonly (SliceExtent | undefined)[];
}

/** Looks for the head in every slice. */
export function cutaways(volume: Volume, threshold: BrainThreshold): Cutaways {
  const [slices, rows, columns] = volume.shape;
  const kind = thresholdFor(volume, threshold);
  const scan = insideScan(volume.data, headVoxels(volume, kind));
  return { threshold: kind, extents: Array.from({ length: slices }, (_, k) => sliceExtent(scan, k * rows * columns, rows, columns)) };
}

/** The slice with the largest one, the first of several; none where there is no head. */
export function largestCutaway(extents: Cutaways['extents']): number | undefined {
  let largest = 0;
  let center: number | undefined;
  extents.forEach((extent, k) => {
    const area = extent ? (extent.bottom - extent.top) * (extent.right - extent.left) : 0;
    if (area > largest) [center, largest] = [k, area];
  });
  return center;
}
