import type { VoxelArray } from '@mgmt/core';

/** The smallest and the largest finite value; `low` is above `high` where there is none. */
export function finiteRange(data: VoxelArray): { readonly low: number; readonly high: number } {
  const range = data.constructor.name === 'Float32Array' ? rangeOfFloat32(data as Float32Array) : rangeOf(data);
  return range.low === -Infinity || range.high === Infinity ? rangeWithoutInfinities(data) : range;
}

// Two loops, since one that meets several types of array is slow. Comparisons with NaN are false: it takes no part.
function rangeOfFloat32(data: Float32Array): { low: number; high: number } {
  let [lowEven, lowOdd, highEven, highOdd] = [Infinity, Infinity, -Infinity, -Infinity];
  const even = data.length & ~1;
  for (let p = 0; p < even; p += 2) {
    const a = data[p]!;
    const b = data[p + 1]!;
    if (a < lowEven) lowEven = a;
    if (b < lowOdd) lowOdd = b;
    if (a > highEven) highEven = a;
    if (b > highOdd) highOdd = b;
  }
  if (even < data.length) {
    const last = data[even]!;
    if (last < lowEven) lowEven = last;
    if (last > highEven) highEven = last;
  }
  return { low: Math.min(lowEven, lowOdd), high: Math.max(highEven, highOdd) };
}

function rangeOf(data: VoxelArray): { low: number; high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (let p = 0; p < data.length; p++) {
    const value = data[p]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

function rangeWithoutInfinities(data: VoxelArray): { low: number; high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (let p = 0; p < data.length; p++) {
    const value = data[p]!;
    if (value < low && value > -Infinity) low = value;
    if (value > high && value < Infinity) high = value;
  }
  return { low, high };
}
