import { MgmtError } from '@mgmt/core';
import type { Instance } from '../image/instance.js';

/**
 * Refuses layouts of pixels that are not read here, whatever they show.
 *
 * @throws `MgmtError` `dicom-io/unsupported-pixel-format`
 */
export function checkPixelFormat({ path, pixels }: Instance): void {
  const { values, bitsAllocated, bitsStored, highBit, samplesPerPixel } = pixels;
  const refuse = (expected: string, found: string) =>
    new MgmtError('the pixels have a layout that is not read here', {
      code: 'dicom-io/unsupported-pixel-format',
      where: path,
      expected,
      found,
    });
  if (values === 'integer') {
    const fits = bitsStored >= 1 && highBit < bitsAllocated && highBit >= bitsStored - 1;
    if (![1, 8, 16, 32].includes(bitsAllocated) || !fits) {
      throw refuse(
        '1, 8, 16 or 32 bits allocated, at least as many as are stored',
        `${bitsAllocated} allocated, ${bitsStored} stored, high bit ${highBit}`,
      );
    }
  }
  if (samplesPerPixel < 1 || samplesPerPixel > 4 || (bitsAllocated === 1 && samplesPerPixel > 1)) {
    throw refuse('1 to 4 samples a pixel, a single one where it is a bit', `${samplesPerPixel} samples`);
  }
}

/**
 * Refuses what is no grayscale image: a volume's voxels are single numbers that are comparable.
 *
 * @throws `MgmtError` `dicom-io/color`
 */
export function checkGrayscale({ path, pixels: { samplesPerPixel, photometric } }: Instance): void {
  if (samplesPerPixel === 1 && (photometric === '' || /^MONOCHROME[12]$/.test(photometric))) return;
  throw new MgmtError('the image is in color', {
    code: 'dicom-io/color',
    where: path,
    expected: 'one sample a pixel, MONOCHROME1 or MONOCHROME2',
    found: `${samplesPerPixel}, ${photometric || 'no photometric interpretation'}`,
    hint: 'choose the series with the scan itself: this may be a map or a screenshot. readImage reads it as it is',
  });
}
