import { MgmtError } from '@mgmt/core';
import type { PixelFormat } from './pixels/pixelFormat.js';

/** What one file may cost at most, checked before memory is taken: a damaged or hostile file declares anything. */
export interface ReadLimits {
  /** Frames x rows x columns x samples of one file. 2^28 by default: a thousand frames of 512 x 512. */
  readonly maxVoxelsPerFile?: number;
  /** Bytes that a packed file (gzip, deflate) may unpack to. 2^28 by default. */
  readonly maxUnpackedBytes?: number;
}

/** @throws `MgmtError` `dicom-io/too-large` */
export function checkVoxels(
  { frames, rows, columns, samplesPerPixel }: PixelFormat,
  where: string,
  { maxVoxelsPerFile = DEFAULT_LIMIT }: ReadLimits,
): void {
  const voxels = frames * rows * columns * samplesPerPixel;
  if (voxels <= maxVoxelsPerFile) return;
  throw new MgmtError('the file declares more pixels than are allowed', {
    code: 'dicom-io/too-large',
    where,
    expected: `at most ${maxVoxelsPerFile}`,
    found: `${frames} frames of ${columns} x ${rows} x ${samplesPerPixel}, ${voxels} in all`,
    hint: 'if the file is sound, raise maxVoxelsPerFile',
  });
}

export const DEFAULT_LIMIT = 2 ** 28;
