import type { VoxelArray } from '@mgmt/core';

/** A NIfTI data type that a typed array can hold. */
export interface DataType {
  readonly code: number;
  readonly name: string;
  readonly Voxels: (new (buffer: ArrayBufferLike, byteOffset: number, length: number) => VoxelArray) & {
    readonly BYTES_PER_ELEMENT: number;
  };
}

/** The types that are read and written here; complex, color and integers above 32 bits are not. NIfTI-1 standard, field `datatype`. */
export const DATA_TYPES: readonly DataType[] = [
  { code: 2, name: 'uint8', Voxels: Uint8Array },
  { code: 4, name: 'int16', Voxels: Int16Array },
  { code: 8, name: 'int32', Voxels: Int32Array },
  { code: 16, name: 'float32', Voxels: Float32Array },
  { code: 64, name: 'float64', Voxels: Float64Array },
  { code: 256, name: 'int8', Voxels: Int8Array },
  { code: 512, name: 'uint16', Voxels: Uint16Array },
  { code: 768, name: 'uint32', Voxels: Uint32Array },
];
