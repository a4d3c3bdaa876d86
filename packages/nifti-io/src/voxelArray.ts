import { MgmtError, type VoxelArray } from '@mgmt/core';
import type { DataType, StoredArray } from './dataTypes.js';
import type { Layout, Scaling } from './layout.js';

/**
 * Stored numbers as a volume holds them: as they are; scaled, where the header scales; integers of 64 bits as float64.
 *
 * @throws `MgmtError` `nifti-io/not-exact` for an integer that float64 does not hold
 */
export function voxelArray(stored: StoredArray, { type, scaling, extents }: Layout, where: string): VoxelArray {
  const voxels = isInt64(stored) ? wholeNumbers(stored, extents, where) : stored;
  return scaling ? scaled(voxels, scaling, type) : voxels;
}

/** Bytes that {@link voxelArray} takes beside the stored ones, a voxel. */
export function convertedBytes({ type, scaling }: Layout): number {
  const asFloat64 = type.Elements === undefined || type.Elements === BigInt64Array || type.Elements === BigUint64Array ? 8 : 0;
  return asFloat64 + (scaling ? scaledType(type).BYTES_PER_ELEMENT : 0);
}

const isInt64 = (array: StoredArray): array is BigInt64Array | BigUint64Array => typeof array[0] === 'bigint';

function wholeNumbers(stored: BigInt64Array | BigUint64Array, extents: readonly number[], where: string): Float64Array {
  const words = new Uint32Array(stored.buffer, stored.byteOffset, 2 * stored.length);
  const signed = stored.constructor.name === 'BigInt64Array';
  const numbers = new Float64Array(stored.length);
  for (let i = 0; i < numbers.length; i++) {
    const upper = signed ? words[2 * i + 1]! | 0 : words[2 * i + 1]!;
    const number = upper * 2 ** 32 + words[2 * i]!;
    if (Math.abs(number) > Number.MAX_SAFE_INTEGER && BigInt(number) !== stored[i]) throw inexact(stored[i]!, i, extents, where);
    numbers[i] = number;
  }
  return numbers;
}

function inexact(value: bigint, index: number, extents: readonly number[], where: string): MgmtError {
  let rest = index;
  const at = extents.map((n) => {
    const i = rest % n;
    rest = (rest - i) / n;
    return i;
  });
  return new MgmtError(`the voxel (${at.join(', ')}) is an integer that float64 does not hold`, {
    code: 'nifti-io/not-exact',
    where,
    expected: 'a size of at most 2^53, or a multiple of the power of two that suffices above',
    found: String(value),
    hint: 'readNiftiArray gives the integers as they are, in a BigInt64Array or BigUint64Array',
  });
}

/** Float32, as images are here; float64 where voxels are stored in 64 bits or more, so that the rounding loses nothing that was there. */
const scaledType = ({ bytes }: DataType) => (bytes > 4 ? Float64Array : Float32Array);

/** In float64, then rounded. */
function scaled(voxels: VoxelArray, { slope, intercept }: Scaling, type: DataType): VoxelArray {
  const result = new (scaledType(type))(voxels.length);
  for (let i = 0; i < voxels.length; i++) result[i] = voxels[i]! * slope + intercept;
  return result;
}
