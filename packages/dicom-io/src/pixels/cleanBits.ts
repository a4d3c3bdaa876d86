import type { PixelFormat } from './pixelFormat.js';
import type { StoredArray } from './storedArray.js';

/**
 * Clears the bits around those stored, in place, and extends the sign: old files keep overlays in them. Nothing is written where all is clean already.
 *
 * @remarks DICOM PS3.5 section 8.1.1.
 */
export function cleanBits(values: StoredArray, { values: kind, bitsAllocated, bitsStored, highBit, signed }: PixelFormat): void {
  if (kind === 'float' || bitsStored === bitsAllocated || bitsAllocated === 1) return;
  if (!signed && isClean(values, bitsAllocated, bitsStored, highBit)) return;
  const up = 31 - highBit;
  const down = 32 - bitsStored;
  if (signed) for (let i = 0; i < values.length; i++) values[i] = (values[i]! << up) >> down;
  else for (let i = 0; i < values.length; i++) values[i] = (values[i]! << up) >>> down;
}

/** A look, four bytes at a time: cheaper than to write every value, and nearly all files are clean. */
function isClean(values: StoredArray, bitsAllocated: number, bitsStored: number, highBit: number): boolean {
  if (highBit !== bitsStored - 1) return false;
  const { buffer, byteOffset, byteLength } = values;
  if (byteOffset % 4 !== 0 || byteLength % 4 !== 0) return false;
  const words = new Int32Array(buffer, byteOffset, byteLength / 4);
  const outside = ~(2 ** bitsStored - 1);
  const mask = bitsAllocated === 32 ? outside : bitsAllocated === 16 ? (outside << 16) | (outside & 0xffff) : (outside & 0xff) * 0x01010101;
  const whole = words.length & ~3;
  let bits = 0;
  for (let i = 0; i < whole; i += 4) bits |= words[i]! | words[i + 1]! | words[i + 2]! | words[i + 3]!;
  for (let i = whole; i < words.length; i++) bits |= words[i]!;
  return (bits & mask) === 0;
}
