import type { DataType, StoredArray } from './dataTypes.js';
import { float128Array } from './float128.js';

/** The bytes of voxels, and whether they may be changed. */
export interface StoredBytes {
  readonly bytes: Uint8Array;
  /** Whether nobody else holds this memory. */
  readonly ours: boolean;
}

/**
 * The numbers in the bytes of voxels, in file order. They share the memory where that is ours or nothing has to be changed.
 *
 * @throws `MgmtError` `nifti-io/not-exact` for numbers of 128 bits out of reach of 64
 */
export function storedArray({ bytes, ours }: StoredBytes, type: DataType, littleEndian: boolean, where: string): StoredArray {
  const { Elements, bytes: size } = type;
  if (!Elements) return float128Array(bytes, littleEndian, where);
  const inPlace = (littleEndian || size === 1 || ours) && bytes.byteOffset % size === 0;
  const { buffer, byteOffset, byteLength } = inPlace ? bytes : new Uint8Array(bytes);
  if (!littleEndian) swap(Buffer.from(buffer, byteOffset, byteLength), size);
  return new Elements(buffer, byteOffset, byteLength / size);
}

function swap(bytes: Buffer, size: number): void {
  if (size === 2) bytes.swap16();
  else if (size === 4) bytes.swap32();
  else if (size === 8) bytes.swap64();
}
