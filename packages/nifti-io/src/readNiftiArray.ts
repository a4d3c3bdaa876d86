import type { DataTypeName, StoredArray } from './dataTypes.js';
import type { Scaling } from './layout.js';
import { decodeAs, type Product, readAs, type ReadConfig } from './load.js';
import { storedArray } from './storedArray.js';

/** The numbers of a file as they are stored. */
export interface NiftiArray {
  /** In C order, in the type that they are stored in; floats of 128 bits in a Float64Array, each rounded to the nearest. */
  readonly data: StoredArray;
  /** The file's extents from the slowest to the fastest, `[…, t, k, j, i]`, then 2 for complex (real, imaginary), 3 for RGB, 4 for RGBA. */
  readonly shape: readonly number[];
  readonly dataType: DataTypeName;
  /** What the header makes of the numbers; not applied here. None where it changes nothing. */
  readonly scaling: Scaling | undefined;
}

/**
 * Reads the stored numbers of a NIfTI file of any type and up to seven dimensions, complex and color too, without scaling.
 *
 * @throws `MgmtError` as `readNifti`, but never `nifti-io/not-3d` and `nifti-io/not-scalar`, and `nifti-io/not-exact` only for floats of 128 bits that are
 * out of reach of 64
 * @example
 * const { data, shape, dataType } = await readNiftiArray('kspace.nii.gz');
 * dataType; // 'complex64'
 * shape; // [4, 3, 2, 2]
 * data; // Float32Array: real, imaginary, real, …
 */
export async function readNiftiArray(path: string, config: ReadConfig = {}): Promise<NiftiArray> {
  return readAs(asStored, path, config);
}

/**
 * The stored numbers in the bytes of a NIfTI file. See {@link readNiftiArray}.
 *
 * @param where - the path, for errors
 * @throws `MgmtError` as `readNiftiArray`
 * @example
 * const { data } = decodeNiftiArray(await readFile('kspace.nii.gz'));
 */
export function decodeNiftiArray(bytes: Uint8Array, where = 'a NIfTI file', config: ReadConfig = {}): NiftiArray {
  return decodeAs(asStored, bytes, where, config);
}

const asStored: Product<NiftiArray> = (header, { extents, type, scaling, voxels }, where) => ({
  bytes: type.Elements ? 0 : voxels * type.channels * 8,
  make: (stored) => ({
    data: storedArray(stored, type, header.littleEndian, where),
    shape: [...extents.toReversed(), ...(type.channels > 1 ? [type.channels] : [])],
    dataType: type.name,
    scaling,
  }),
});
