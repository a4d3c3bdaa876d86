import type { PixelFormat } from './pixelFormat.js';

/** The arrays that stored values come in. */
export type StoredArray = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

/** Gives memory for values: an array of this type and length, of whatever content. */
export type MemoryFor = (Type: StoredType, length: number) => StoredArray;

/** The array for stored values of a format: an integer type of the width allocated (1 bit takes a byte), or a float where the file has floats. */
export function storedArray(format: PixelFormat, length: number): StoredArray {
  return new (storedType(format))(length);
}

/** The type of {@link storedArray}. */
export function storedType({ values, bitsAllocated, signed }: PixelFormat): StoredType {
  if (values === 'float') return bitsAllocated === 64 ? Float64Array : Float32Array;
  if (bitsAllocated <= 8) return signed ? Int8Array : Uint8Array;
  if (bitsAllocated <= 16) return signed ? Int16Array : Uint16Array;
  return signed ? Int32Array : Uint32Array;
}

/** A constructor of stored values. */
export interface StoredType {
  readonly name: string;
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): StoredArray;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): StoredArray;
}
