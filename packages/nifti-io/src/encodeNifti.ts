import { MgmtError, spacingMm, type Volume } from '@mgmt/core';
import { DATA_TYPES } from './dataTypes.js';
import { flipWorld } from './niftiAffine.js';

/**
 * The bytes of a NIfTI-1 file (`.nii`, little endian) with a volume: voxels as they are, the affine as sform in RAS, millimeters.
 *
 * `[slice, row, column]` become NIfTI's `(k, j, i)`. NIfTI-1 keeps the affine in float32. Equal input gives equal bytes.
 *
 * @throws `MgmtError` `nifti-io/too-large` for an extent above 32,767
 * @example
 * const bytes = encodeNifti(mask);
 * decodeNifti(bytes).shape; // [155, 240, 240]
 */
export function encodeNifti(volume: Volume): Uint8Array {
  const { data, shape, affine } = volume;
  if (shape.some((n) => n > 32_767)) {
    throw new MgmtError('NIfTI-1 has no room for the extents', {
      code: 'nifti-io/too-large',
      expected: 'at most 32767 along each axis',
      found: shape.join(' x '),
      hint: 'crop or resample the volume, or write it in parts',
    });
  }
  const type = DATA_TYPES.find(({ channels, Elements }) => channels === 1 && Elements?.name === data.constructor.name)!; // every VoxelArray has its row
  const bytes = new Uint8Array(DATA_OFFSET + data.byteLength);
  const header = new DataView(bytes.buffer);
  const [slices, rows, columns] = shape;
  const [betweenSlices, betweenRows, betweenColumns] = spacingMm(affine);
  header.setInt32(0, 348, true);
  [3, columns, rows, slices, 1, 1, 1, 1].forEach((extent, i) => header.setInt16(40 + 2 * i, extent, true));
  header.setInt16(70, type.code, true);
  header.setInt16(72, 8 * data.BYTES_PER_ELEMENT, true);
  [1, betweenColumns, betweenRows, betweenSlices].forEach((size, i) => header.setFloat32(76 + 4 * i, size, true));
  header.setFloat32(108, DATA_OFFSET, true);
  header.setFloat32(112, 1, true); // scl_slope
  header.setUint8(123, MILLIMETRES);
  header.setInt16(254, SCANNER_SPACE, true); // sform_code; the qform's stays 0
  flipWorld(affine)
    .slice(0, 3)
    .flat()
    .forEach((value, i) => header.setFloat32(280 + 4 * i, value, true));
  bytes.set([0x6e, 0x2b, 0x31, 0], 344); // n+1
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), DATA_OFFSET);
  return bytes;
}

const DATA_OFFSET = 352;
const MILLIMETRES = 2;
const SCANNER_SPACE = 1;
