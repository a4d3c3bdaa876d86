import type { PixelFormat } from '../instance.js';

/** The arrays that stored values of 8 or 16 bits come in. */
export type StoredArray = Int8Array | Uint8Array | Int16Array | Uint16Array;

/** The array for stored values of a format. */
export function storedArray({ bitsAllocated, signed }: PixelFormat, length: number): StoredArray {
  if (bitsAllocated === 8) return signed ? new Int8Array(length) : new Uint8Array(length);
  return signed ? new Int16Array(length) : new Uint16Array(length);
}

/**
 * Clears the bits around those stored, in place, and extends the sign: old files keep overlays in them. Nothing to do where all bits are stored.
 *
 * @remarks DICOM PS3.5 section 8.1.1.
 */
export function cleanBits(values: StoredArray, { bitsAllocated, bitsStored, highBit, signed }: PixelFormat): void {
  if (bitsStored === bitsAllocated) return;
  const up = 31 - highBit;
  const down = 32 - bitsStored;
  if (signed) for (let i = 0; i < values.length; i++) values[i] = (values[i]! << up) >> down;
  else for (let i = 0; i < values.length; i++) values[i] = (values[i]! << up) >>> down;
}
