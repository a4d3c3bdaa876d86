import type { Volume } from '@mgmt/core';
import { blankVolume } from './blankVolume.js';
import type { BrainThreshold } from './brainThreshold.js';
import { cutaways, largestCutaway } from './cutaways.js';

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
  const center = largestCutaway(cutaways(volume, threshold).extents);
  if (center === undefined) throw blankVolume(volume);
  return center;
}
