import { MgmtError, type Volume, type VoxelArray } from '@mgmt/core';
import { type Box, boundingBox, cropToBox } from './box.js';
import { resampleOnto } from './resampleOnto.js';

/** How much around the tumor comes along. */
export interface TumorRegionConfig {
  /** Voxels on each side, cut off at the volume's faces; 0 by default. */
  readonly margin?: number;
}

/**
 * The box around a tumor: all voxels with a label (BraTS 1, 2 and 4), on the mask's own grid.
 *
 * @throws `MgmtError` `preprocess/empty-mask`
 */
export function tumorBox(mask: Volume, { margin = 0 }: TumorRegionConfig = {}): Box {
  const box = boundingBox(mask, (label) => label > 0);
  if (!box) {
    throw new MgmtError('the mask marks no tumor', {
      code: 'preprocess/empty-mask',
      expected: 'voxels with a label',
      found: `none in ${mask.shape.join(' x ')}`,
      hint: 'leave the case out of region-of-interest studies; a mask that is laid over another grid may lose a small tumor between its voxels',
    });
  }
  const [slices, rows, columns] = mask.shape;
  return {
    start: [Math.max(box.start[0] - margin, 0), Math.max(box.start[1] - margin, 0), Math.max(box.start[2] - margin, 0)],
    stop: [Math.min(box.stop[0] + margin, slices), Math.min(box.stop[1] + margin, rows), Math.min(box.stop[2] + margin, columns)],
  };
}

/**
 * The tumor's box cut out of an image. The mask may lie on another grid; it is laid over the image by world coordinates.
 *
 * @throws `MgmtError` `preprocess/empty-mask`; whether the mask belongs to the image is `maskOnto`'s matter
 * @example
 * resizeSlices(cropToTumor(flair, mask), { rows: 32, columns: 32 }); // Chang et al. 2018
 */
export function cropToTumor<T extends VoxelArray>(image: Volume<T>, mask: Volume, config: TumorRegionConfig = {}): Volume<T> {
  return cropToBox(image, tumorBox(resampleOnto(mask, image, { interpolation: 'nearest' }), config));
}
