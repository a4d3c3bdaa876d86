import type { VoxelArray } from '@mgmt/core';

/** The smallest and the largest finite value; `low` is above `high` where there is none. */
export function finiteRange(data: VoxelArray): { readonly low: number; readonly high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (let p = 0; p < data.length; p++) {
    const value = data[p]!;
    if (value < low && value > -Infinity) low = value;
    if (value > high && value < Infinity) high = value;
  }
  return { low, high };
}
