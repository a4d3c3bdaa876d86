import { MgmtError } from '@mgmt/core';
import type { Instance } from '../instance.js';

/**
 * Refuses what is no single-frame grayscale image of 8 or 16 bits.
 *
 * @throws `MgmtError` `dicom-io/color`, `dicom-io/multi-frame`, `dicom-io/unsupported-pixel-format`
 */
export function checkPixelFormat({ path, pixels }: Instance): void {
  const { samplesPerPixel, photometric, frames, bitsAllocated, bitsStored, highBit } = pixels;
  if (samplesPerPixel !== 1 || !/^MONOCHROME[12]$/.test(photometric)) {
    throw new MgmtError('the image is in color', {
      code: 'dicom-io/color',
      where: path,
      expected: 'one sample a pixel, MONOCHROME1 or MONOCHROME2',
      found: `${samplesPerPixel}, ${photometric || 'no photometric interpretation'}`,
      hint: 'choose the series with the scan itself: this may be a map or a screenshot',
    });
  }
  if (frames !== 1) {
    throw new MgmtError('the file holds several images', {
      code: 'dicom-io/multi-frame',
      where: path,
      expected: 'one frame a file',
      found: `${frames} frames`,
      hint: 'split the file first, for example with emf2sf of dcm4che',
    });
  }
  if (
    !(bitsAllocated === 8 || bitsAllocated === 16) ||
    bitsStored < 1 ||
    bitsStored > bitsAllocated ||
    highBit >= bitsAllocated ||
    highBit < bitsStored - 1
  ) {
    throw new MgmtError('the pixels have a layout that is not read here', {
      code: 'dicom-io/unsupported-pixel-format',
      where: path,
      expected: '8 or 16 bits allocated, at least as many as are stored',
      found: `${bitsAllocated} allocated, ${bitsStored} stored, high bit ${highBit}`,
    });
  }
}
