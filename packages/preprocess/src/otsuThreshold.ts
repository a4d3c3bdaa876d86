import type { VoxelArray } from '@mgmt/core';

/**
 * The value that divides a histogram into its two classes best: those below, and those at or above it. Non-finite values take no part.
 *
 * 256 bins between the smallest and the largest value; of several equally good divisions the lowest. On 8-bit images that use the whole range it is
 * OpenCV's `THRESH_OTSU` plus one, since that one counts the threshold to the lower class.
 *
 * @returns none where there are no two different finite values
 * @remarks Otsu 1979, doi:10.1109/TSMC.1979.4310076: the largest variance between the classes.
 */
export function otsuThreshold(data: VoxelArray): number | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(high > low)) return undefined;
  const perBin = (high - low) / BINS;
  const counts = new Float64Array(BINS);
  let count = 0;
  let sum = 0;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (!Number.isFinite(value)) continue;
    const bin = Math.min(Math.floor((value - low) / perBin), BINS - 1);
    counts[bin]!++;
    count++;
    sum += bin;
  }
  let best = 0;
  let largest = -1;
  let below = 0;
  let sumBelow = 0;
  for (let bin = 0; bin < BINS - 1; bin++) {
    below += counts[bin]!;
    sumBelow += bin * counts[bin]!;
    const difference = sumBelow / below - (sum - sumBelow) / (count - below);
    const between = (below / count) * (1 - below / count) * difference * difference;
    if (between > largest) [best, largest] = [bin, between];
  }
  return low + (best + 1) * perBin;
}

const BINS = 256;
