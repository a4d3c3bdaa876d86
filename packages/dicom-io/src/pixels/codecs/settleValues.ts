import type { PixelFormat } from '../pixelFormat.js';
import type { StoredArray } from '../storedArray.js';

/** How the samples of a codestream were coded. */
export interface Coding {
  /** Bits of a sample. */
  readonly precision: number;
  readonly lossy: boolean;
}

/**
 * Makes decoded samples the values that the data set says are stored, in place: signs extended, nothing outside the bits stored.
 *
 * - Codestreams without signs (JPEG, JPEG-LS), and those that contradict the data set (some JPEG 2000), carry two's complement in `precision` bits.
 * - Exact samples as wide as the bits allocated are whole pixel cells: what lies around the stored bits, old overlays, is cleared (DICOM PS3.5
 *   section 8.1.1).
 * - Inexact samples may lie a little outside the range that was stored; they are moved to its end, since wrapping would turn white into black.
 */
export function settleValues(values: StoredArray, { precision, lossy }: Coding, format: PixelFormat): void {
  const { bitsAllocated, bitsStored, signed } = format;
  const width = 8 * values.BYTES_PER_ELEMENT;
  if (lossy) {
    if (precision < width) keepBits(values, precision, precision - 1, signed);
    if (bitsStored < precision) clamp(values, bitsStored, signed);
    return;
  }
  const bits = Math.min(precision, bitsStored);
  const highBit = precision === bitsAllocated ? format.highBit : bits - 1;
  if (bits < width) keepBits(values, bits, highBit, signed);
}

function keepBits(values: StoredArray, bits: number, highBit: number, signed: boolean): void {
  const up = 31 - highBit;
  const down = 32 - bits;
  if (signed) for (let i = 0; i < values.length; i++) values[i] = (values[i]! << up) >> down;
  else for (let i = 0; i < values.length; i++) values[i] = (values[i]! << up) >>> down;
}

function clamp(values: StoredArray, bits: number, signed: boolean): void {
  const low = signed ? -(2 ** (bits - 1)) : 0;
  const high = low + 2 ** bits - 1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < low) values[i] = low;
    else if (value > high) values[i] = high;
  }
}
