import { affineTimesPoint, invertAffine, MgmtError, multiplyAffines, type Volume, type VoxelArray } from '@mgmt/core';
import { type Box } from './box.js';
import type { BrainThreshold } from './brainThreshold.js';
import { brainBox } from './cropToBrain.js';
import { resampleOnto } from './resampleOnto.js';

/** What counts as brain where a mask is laid over an image. */
export interface MaskOntoConfig {
  /** `auto` by default. */
  readonly threshold?: BrainThreshold;
}

/**
 * A tumor mask on the grid of an image, by world coordinates, labels kept: nearest voxel, 0 outside.
 *
 * A mask that was drawn on another brain's grid (BraTS 2021's masks lie on an atlas, the DICOM series do not) would mark anything: it is refused unless at least
 * half of its labeled voxels lie within the box around the image's brain. A mask without labels is blank everywhere and never refused.
 *
 * @throws `MgmtError` `preprocess/no-overlap`, `preprocess/blank-volume` of the image
 */
export function maskOnto<T extends VoxelArray>(mask: Volume<T>, image: Volume, config: MaskOntoConfig = {}): Volume<T> {
  checkMaskFits(mask, image, config);
  return resampleOnto(mask, image, { interpolation: 'nearest' });
}

/**
 * The check of {@link maskOnto} alone.
 *
 * @throws `MgmtError` `preprocess/no-overlap`, `preprocess/blank-volume` of the image
 */
export function checkMaskFits(mask: Volume, image: Volume, { threshold = 'auto' }: MaskOntoConfig = {}): void {
  const share = shareWithin(mask, image, brainBox(image, { threshold }));
  if (share >= 0.5) return;
  throw new MgmtError('the mask does not lie on this brain', {
    code: 'preprocess/no-overlap',
    expected: 'at least half of its labeled voxels within the box around the brain',
    found: `${(100 * share).toFixed(0)} %`,
    hint: 'take the images that lie beside the masks in their own data set; registration is needed to use it on others',
  });
}

/** Of a mask's labeled voxels the share whose places lie within a box of another volume. */
function shareWithin({ data, shape: [slices, rows, columns], affine }: Volume, image: Volume, { start, stop }: Box): number {
  const toImage = multiplyAffines(invertAffine(image.affine), affine);
  let labeled = 0;
  let within = 0;
  for (let k = 0, p = 0; k < slices; k++) {
    for (let j = 0; j < rows; j++) {
      for (let i = 0; i < columns; i++, p++) {
        if (!(data[p]! > 0)) continue;
        labeled++;
        const [x, y, z] = affineTimesPoint(toImage, [i, j, k]);
        const isWithin = (at: number, axis: 0 | 1 | 2) => at >= start[axis] - 0.5 && at < stop[axis] - 0.5;
        if (isWithin(z, 0) && isWithin(y, 1) && isWithin(x, 2)) within++;
      }
    }
  }
  return labeled === 0 ? 1 : within / labeled;
}
