import type { Volume } from '@mgmt/core';
import { blankVolume } from './blankVolume.js';
import { isNonZero, sliceExtent } from './sliceExtent.js';

/**
 * The slice with the largest cutaway of the brain: that whose non-zero pixels have the bounding box of the largest area, the first one where several do.
 * NaN counts as background.
 *
 * The paper's rule is over axial slices: give it the result of `toAxial`.
 *
 * @returns the index along the first axis
 * @throws `MgmtError` `preprocess/blank-volume` where no pixel differs from zero
 */
export function centerSlice(volume: Volume): number {
  const [slices, rows, columns] = volume.shape;
  let center = -1;
  let largest = 0;
  for (let k = 0; k < slices; k++) {
    const extent = sliceExtent(volume.data, k * rows * columns, rows, columns, isNonZero);
    const area = extent ? (extent.bottom - extent.top) * (extent.right - extent.left) : 0;
    if (area > largest) [center, largest] = [k, area];
  }
  if (center < 0) throw blankVolume(volume, 'a pixel that is not zero');
  return center;
}
