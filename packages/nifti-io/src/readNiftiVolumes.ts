import { MgmtError, type Volume, volume } from '@mgmt/core';
import type { Layout } from './layout.js';
import { decodeAs, type Product, readAs, type ReadConfig } from './load.js';
import { lpsAffine } from './niftiAffine.js';
import { storedArray } from './storedArray.js';
import { convertedBytes, voxelArray } from './voxelArray.js';

/** The volumes of a file of four to seven dimensions, or the one of a file of fewer. */
export interface NiftiVolumes {
  /** In the file's order: the fourth index runs fastest. They share one memory and one affine. */
  readonly volumes: readonly Volume[];
  /** The extents beyond the third, `(t, u, v, w)` as far as the file has them; their product is the number of volumes. */
  readonly extents: readonly number[];
}

/**
 * Reads every volume of a NIfTI file of up to seven dimensions: a time series, a vector field. See {@link readNifti} for files, axes and types.
 *
 * @throws `MgmtError` as `readNifti`, but never `nifti-io/not-3d`
 * @example
 * const { volumes, extents } = await readNiftiVolumes('functional.nii');
 * extents; // [20]
 * volumes[19].shape; // [3, 21, 17]
 */
export async function readNiftiVolumes(path: string, config: ReadConfig = {}): Promise<NiftiVolumes> {
  return readAs(allVolumes, path, config);
}

/**
 * The volumes in the bytes of a NIfTI file. See {@link readNiftiVolumes}.
 *
 * @param where - the path, for errors
 * @throws `MgmtError` as `readNiftiVolumes`
 * @example
 * const { volumes } = decodeNiftiVolumes(await readFile('functional.nii'));
 */
export function decodeNiftiVolumes(bytes: Uint8Array, where = 'a NIfTI file', config: ReadConfig = {}): NiftiVolumes {
  return decodeAs(allVolumes, bytes, where, config);
}

/** Refuses complex and color voxels, and a header that places them nowhere. */
export const allVolumes: Product<NiftiVolumes> = (header, layout, where) => {
  checkScalar(layout, where);
  const [columns = 1, rows = 1, slices = 1, ...extents] = layout.extents;
  const affine = lpsAffine(header, layout.extents, where);
  const size = slices * rows * columns;
  const count = layout.voxels / size;
  return {
    bytes: layout.voxels * convertedBytes(layout) + (count - 1) * VOLUME_BYTES,
    make(stored) {
      const data = voxelArray(storedArray(stored, layout.type, header.littleEndian, where), layout, where);
      const volumes = Array.from({ length: count }, (_, i) =>
        volume(data.subarray(i * size, (i + 1) * size), [slices, rows, columns], affine),
      );
      return { volumes, extents };
    },
  };
};

/** A volume's own objects: a file may hold a million volumes of one voxel. */
const VOLUME_BYTES = 512;

/** A volume has room for one number a voxel. */
function checkScalar({ type }: Layout, where: string): void {
  if (type.channels === 1) return;
  throw new MgmtError(`the voxels are ${type.channels === 2 ? 'complex' : 'color'}`, {
    code: 'nifti-io/not-scalar',
    where,
    expected: 'one number a voxel',
    found: type.name,
    hint: 'read them with readNiftiArray, and make a volume of what you need of them',
  });
}
