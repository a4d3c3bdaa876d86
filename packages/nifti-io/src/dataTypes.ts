import type { VoxelArray } from '@mgmt/core';

/** Numbers as a file stores them: a volume's types, and integers of 64 bits, which a volume has no room for. */
export type StoredArray = VoxelArray | BigInt64Array | BigUint64Array;

interface ElementArray {
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): StoredArray;
  readonly name: string;
  readonly BYTES_PER_ELEMENT: number;
}

/** A type that voxels are stored in. */
export interface DataType {
  readonly code: number;
  readonly name: string;
  /** Numbers a voxel: 2 for complex (real, imaginary), 3 and 4 for color (red, green, blue, alpha). */
  readonly channels: 1 | 2 | 3 | 4;
  /** Of one number. */
  readonly bytes: number;
  /** The array that holds the numbers; none for those of 128 bits. */
  readonly Elements: ElementArray | undefined;
}

const scalar = <Name extends string>(code: number, name: Name, Elements: ElementArray) =>
  ({ code, name, channels: 1, bytes: Elements.BYTES_PER_ELEMENT, Elements }) as const;

/**
 * Every data type of the standard but one: DT_BINARY, a bit a voxel, whose order of bits the standard leaves open and nibabel and niftilib refuse too.
 * NIfTI-1 standard, field `datatype`.
 */
export const DATA_TYPES = [
  scalar(2, 'uint8', Uint8Array),
  scalar(4, 'int16', Int16Array),
  scalar(8, 'int32', Int32Array),
  scalar(16, 'float32', Float32Array),
  { code: 32, name: 'complex64', channels: 2, bytes: 4, Elements: Float32Array },
  scalar(64, 'float64', Float64Array),
  { code: 128, name: 'rgb24', channels: 3, bytes: 1, Elements: Uint8Array },
  scalar(256, 'int8', Int8Array),
  scalar(512, 'uint16', Uint16Array),
  scalar(768, 'uint32', Uint32Array),
  scalar(1024, 'int64', BigInt64Array),
  scalar(1280, 'uint64', BigUint64Array),
  { code: 1536, name: 'float128', channels: 1, bytes: 16, Elements: undefined },
  { code: 1792, name: 'complex128', channels: 2, bytes: 8, Elements: Float64Array },
  { code: 2048, name: 'complex256', channels: 2, bytes: 16, Elements: undefined },
  { code: 2304, name: 'rgba32', channels: 4, bytes: 1, Elements: Uint8Array },
] as const satisfies readonly DataType[];

/** The name of a data type, as NumPy has it where NumPy has one. */
export type DataTypeName = (typeof DATA_TYPES)[number]['name'];

/** Whether voxels are color, which the standard exempts from scaling. */
export const isColor = ({ channels }: DataType): boolean => channels > 2;
