import type { Volume } from '@mgmt/core';
import { blankVolume } from './blankVolume.js';
import { type BrainThreshold, headVoxels } from './brainThreshold.js';
import { insideScan } from './insideScan.js';
import { sliceExtent } from './sliceExtent.js';

/**
 * The slice with the largest cutaway of the brain: that whose head pixels have the bounding box of the largest area, the first one where several do.
 *
 * The paper's rule is over axial slices: give it the result of `toAxial`.
 *
 * @param threshold - what counts as head; by default every pixel that is not zero, as in skull-stripped data. Under noise all slices have the same
 * non-zero box: take `auto` or `otsu` there
 * @returns the index along the first axis
 * @throws `MgmtError` `preprocess/blank-volume` where no pixel counts
 */
export function centerSlice(volume: Volume, threshold: BrainThreshold = 'nonzero'): number {
  const [slices, rows, columns] = volume.shape;
  const scan = insideScan(volume.data, headVoxels(volume, threshold));
  let center = -1;
  let largest = 0;
  for (let k = 0; k < slices; k++) {
    const extent = sliceExtent(scan, k * rows * columns, rows, columns);
    const area = extent ? (extent.bottom - extent.top) * (extent.right - extent.left) : 0;
    if (area > largest) [center, largest] = [k, area];
  }
  if (center < 0) throw blankVolume(volume);
  return center;
}
