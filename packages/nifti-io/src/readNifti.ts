import { MgmtError, type Volume } from '@mgmt/core';
import { decodeAs, type Product, readAs, type ReadConfig } from './load.js';
import { allVolumes } from './readNiftiVolumes.js';

/**
 * Reads the volume or mask in a NIfTI file: version 1 or 2, either byte order, one file or a pair of header and image (given by either name; the other half
 * is looked for beside it), gzip or not (told by the bytes, not the name).
 *
 * NIfTI's `(i, j, k)` become `[k, j, i]`, that is `[slice, row, column]`, without moving a voxel, and its RAS becomes LPS, in mm whatever the header's
 * unit. Voxels keep the file's type, with three exceptions: where `scl_slope` and `scl_inter` change them they become float32 (float64 where they are
 * stored in 64 bits or more), computed in float64; integers of 64 bits become float64, exactly or not at all; so do floats of 128 bits, rounded.
 *
 * @throws `MgmtError` `nifti-io/not-3d` for several volumes, `nifti-io/not-scalar` for complex and color, `nifti-io/cannot-read`, `nifti-io/not-nifti`,
 * `nifti-io/header-only`, `nifti-io/image-only`, `nifti-io/bad-header`, `nifti-io/unsupported-data-type`, `nifti-io/truncated`, `nifti-io/bad-gzip`,
 * `nifti-io/gzip-bomb`, `nifti-io/over-limit`, `nifti-io/not-exact`
 * @example
 * const mask = await readNifti('BraTS2021_00000_seg.nii.gz');
 * mask.shape; // [155, 240, 240]
 * mask.data; // Uint8Array
 */
export async function readNifti(path: string, config: ReadConfig = {}): Promise<Volume> {
  return readAs(oneVolume, path, config);
}

/**
 * The volume in the bytes of a NIfTI file, which it may share the memory of. See {@link readNifti}; a pair of files can only be read by path.
 *
 * @param where - the path, for errors
 * @throws `MgmtError` as `readNifti`
 * @example
 * const mask = decodeNifti(await readFile('BraTS2021_00000_seg.nii.gz'));
 */
export function decodeNifti(bytes: Uint8Array, where = 'a NIfTI file', config: ReadConfig = {}): Volume {
  return decodeAs(oneVolume, bytes, where, config);
}

const oneVolume: Product<Volume> = (header, layout, where) => {
  const { bytes, make } = allVolumes(header, layout, where);
  if (layout.extents.slice(3).some((n) => n > 1)) {
    throw new MgmtError('the file holds more than one volume', {
      code: 'nifti-io/not-3d',
      where,
      expected: 'no extent but the first three above 1',
      found: layout.extents.join(' x '),
      hint: 'read them all with readNiftiVolumes',
    });
  }
  return { bytes, make: (stored) => make(stored).volumes[0]! };
};
