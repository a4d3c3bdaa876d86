import type { VoxelArray } from '@mgmt/core';

/** Searches a line of voxels for those that are inside. */
export interface InsideScan {
  /** The first one in `[start, end)`; `end` where there is none. */
  first(start: number, end: number): number;
  /** One after the last in `[start, end)`; `start` where there is none. */
  afterLast(start: number, end: number): number;
}

/**
 * A scan of voxels by a rule. Where zero is outside, as it mostly is, zeros are passed over 16 bytes at a time, whatever their type: the margins of a
 * skull-stripped head are half of its voxels.
 */
export function insideScan(data: VoxelArray, isInside: (value: number) => boolean): InsideScan {
  const perWord = 4 / data.BYTES_PER_ELEMENT;
  const inWords = perWord >= 1 && data.byteOffset % 4 === 0 && !isInside(0);
  const words = inWords ? new Int32Array(data.buffer, data.byteOffset, Math.floor(data.length / perWord)) : undefined;
  const shift = Math.log2(perWord);
  return {
    first(start, end) {
      for (let p = start; p < end; p++) {
        if (words && p % perWord === 0) {
          p = zerosFrom(words, p >> shift, end >> shift) << shift;
          if (p >= end) return end;
        }
        if (isInside(data[p]!)) return p;
      }
      return end;
    },
    afterLast(start, end) {
      for (let p = end; p > start; p--) {
        if (words && p % perWord === 0) {
          p = zerosBefore(words, p >> shift, start >> shift) << shift;
          if (p <= start) return start;
        }
        if (isInside(data[p - 1]!)) return p;
      }
      return start;
    },
  };
}

/** The first word from here on that is not zero, the end where there is none. */
function zerosFrom(words: Int32Array, at: number, end: number): number {
  while (at + 4 <= end && (words[at]! | words[at + 1]! | words[at + 2]! | words[at + 3]!) === 0) at += 4;
  while (at < end && words[at] === 0) at++;
  return at;
}

/** One after the last word before this one that is not zero, the start where there is none. */
function zerosBefore(words: Int32Array, at: number, start: number): number {
  while (at - 4 >= start && (words[at - 1]! | words[at - 2]! | words[at - 3]! | words[at - 4]!) === 0) at -= 4;
  while (at > start && words[at - 1] === 0) at--;
  return at;
}
