import { MgmtError } from '@mgmt/core';
import type { PixelFormat } from './pixels/pixelFormat.js';

/** What one file may cost at most, checked before memory is taken: a damaged or hostile file declares anything. */
export interface ReadLimits {
  /**
   * Frames x rows x columns x samples of one file. By default 2^28, a thousand frames of 512 x 512; half of it where pixels are compressed, since there the
   * size of the file proves nothing.
   */
  readonly maxVoxelsPerFile?: number;
  /** Bytes that a packed file (gzip, deflate) may unpack to. 2^28 by default. */
  readonly maxUnpackedBytes?: number;
}

/**
 * @param compressed - pixels come in fragments
 * @throws `MgmtError` `dicom-io/too-large`
 */
export function checkVoxels(
  { frames, rows, columns, samplesPerPixel }: PixelFormat,
  compressed: boolean,
  where: string,
  { maxVoxelsPerFile = compressed ? DEFAULT_LIMIT / 2 : DEFAULT_LIMIT }: ReadLimits,
): void {
  const tooLarge = (expected: string, hint: string) =>
    new MgmtError('the file declares more pixels than are allowed', {
      code: 'dicom-io/too-large',
      where,
      expected,
      found: `${frames} frames of ${columns} x ${rows} x ${samplesPerPixel}, ${voxels} in all`,
      hint,
    });
  const voxels = frames * rows * columns * samplesPerPixel;
  if (voxels > maxVoxelsPerFile) throw tooLarge(`at most ${maxVoxelsPerFile}`, 'if the file is sound, raise maxVoxelsPerFile');
  if (compressed && rows * columns * samplesPerPixel > MOST_IN_COMPRESSED_FRAME) {
    throw tooLarge(
      `at most ${MOST_IN_COMPRESSED_FRAME} in a compressed frame`,
      'decompress the file first, for example with gdcmconv --raw',
    );
  }
}

export const DEFAULT_LIMIT = 2 ** 28;

/** Of any frame, since codecs take several times its size; the largest of radiology, in mammography, has 30 million. */
const MOST_IN_COMPRESSED_FRAME = 2 ** 25;
