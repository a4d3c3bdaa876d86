import { type Affine, MgmtError, multiplyAffines, type Volume } from '@mgmt/core';
import { type Box, boundingBox } from './box.js';
import type { BrainThreshold } from './brainThreshold.js';
import { brainBox } from './cropToBrain.js';
import { toAxial } from './reorient.js';
import { resampleOnto } from './resampleOnto.js';

/** How one series is laid over another of the same patient. */
export interface AlignOntoConfig {
  /** Whether both series have one frame of reference, DICOM (0020,0052): only then do their world coordinates mean the same place. */
  readonly frame: 'same' | 'different';
  /** What counts as brain; `auto` by default. */
  readonly threshold?: BrainThreshold;
}

/** A volume on another's grid. */
export interface Aligned {
  readonly volume: Volume<Float32Array>;
  /** By what its voxels were matched: places in the patient, or fractions of the brain's extent. */
  readonly by: 'world' | 'brain-extent';
}

/**
 * Resamples one series onto the grid of another, linear: T1wCE onto FLAIR's slices, say.
 *
 * By world coordinates where the frame of reference is the same. Where it differs, by fractions of the brain's extent: both are taken to axial, and the box
 * around the one brain is stretched over the box around the other. That is no registration, only the best that two unrelated frames allow, and `by` says so.
 *
 * @throws `MgmtError` `preprocess/blank-volume`; `preprocess/no-overlap` where world coordinates put the brains apart
 */
export function alignOnto(moving: Volume, fixed: Volume, { frame, threshold = 'auto' }: AlignOntoConfig): Aligned {
  if (frame === 'same') {
    const aligned = resampleOnto(moving, fixed);
    checkOverlap(aligned, brainBox(fixed, { threshold }));
    return { volume: aligned, by: 'world' };
  }
  const axial = toAxial(moving);
  return { volume: resampleOnto({ ...axial, affine: overBrain(axial, toAxial(fixed), threshold) }, fixed), by: 'brain-extent' };
}

function checkOverlap(aligned: Volume, brain: Box): void {
  const seen = boundingBox(aligned, (value) => value !== 0);
  if (seen && [0, 1, 2].every((axis) => seen.start[axis]! < brain.stop[axis]! && brain.start[axis]! < seen.stop[axis]!)) return;
  throw new MgmtError('the two series do not show the same place', {
    code: 'preprocess/no-overlap',
    expected: 'brains that overlap in world coordinates',
    found: 'nothing of the one within the other',
    hint: "their frames of reference differ, whatever the header says: take frame 'different'",
  });
}

/** The affine that puts the brain of one axial volume where the other's is. */
function overBrain(moving: Volume, fixed: Volume, threshold: BrainThreshold): Affine {
  const from = brainBox(moving, { threshold });
  const to = brainBox(fixed, { threshold });
  const scale = [0, 1, 2].map((axis) => (to.stop[axis]! - to.start[axis]!) / (from.stop[axis]! - from.start[axis]!));
  const shift = [0, 1, 2].map((axis) => to.start[axis]! - 0.5 + (0.5 - from.start[axis]!) * scale[axis]!); // of voxels that are boxes
  return multiplyAffines(fixed.affine, [
    [scale[2]!, 0, 0, shift[2]!],
    [0, scale[1]!, 0, shift[1]!],
    [0, 0, scale[0]!, shift[0]!],
    [0, 0, 0, 1],
  ]);
}
