import type { Vector3, VolumeShape } from '@mgmt/core';

/** How tiles are equalized. */
export interface TileConfig {
  /** `[slices, rows, columns]` of a tile. */
  readonly kernel: Vector3;
  readonly clipLimit: number;
  readonly bins: number;
}

/** Number of gray levels that bins are mapped to, and from which they are made. */
export const LEVELS = 2 ** 14;

/** For each tile the level that each bin becomes. */
export interface TileMaps {
  /** `[tiles along slices, rows, columns, bins]`, from 0 to below `LEVELS`. */
  readonly maps: Uint16Array;
  readonly tiles: Vector3;
  readonly bins: number;
}

/**
 * Cuts a volume into tiles and equalizes the histogram of each. A last tile that reaches beyond the volume sees its voxels mirrored.
 *
 * @param grays - the bin of every voxel, C order
 */
export function tileMaps(grays: Uint8Array, shape: VolumeShape, { kernel, clipLimit, bins }: TileConfig): TileMaps {
  const tiles = shape.map((n, axis) => Math.ceil(n / kernel[axis]!)) as unknown as Vector3;
  const histograms = tileHistograms(grays, shape, kernel, tiles, bins);
  const maps = new Uint16Array(histograms.length);
  const tileVoxels = kernel[0] * kernel[1] * kernel[2];
  const limit = clipLimit > 0 ? Math.max(1, Math.floor(clipLimit * tileVoxels)) : tileVoxels;
  const perVoxel = (LEVELS - 1) / tileVoxels;
  for (let first = 0; first < histograms.length; first += bins) {
    const histogram = histograms.subarray(first, first + bins);
    clipHistogram(histogram, limit);
    let sum = 0;
    for (let bin = 0; bin < bins; bin++) {
      sum += histogram[bin]!;
      maps[first + bin] = Math.min(Math.floor(sum * perVoxel), LEVELS - 1);
    }
  }
  return { maps, tiles, bins };
}

function tileHistograms(grays: Uint8Array, shape: VolumeShape, kernel: Vector3, tiles: Vector3, bins: number): Int32Array {
  const [, rows, columns] = shape;
  const histograms = new Int32Array(tiles[0] * tiles[1] * tiles[2] * bins);
  for (let k = 0; k < tiles[0] * kernel[0]; k++) {
    for (let j = 0; j < tiles[1] * kernel[1]; j++) {
      const row = (mirror(k, shape[0]) * rows + mirror(j, rows)) * columns;
      let histogram = (Math.floor(k / kernel[0]) * tiles[1] + Math.floor(j / kernel[1])) * tiles[2] * bins;
      for (let i = 0; i < tiles[2] * kernel[2]; histogram += bins) {
        const end = i + kernel[2];
        for (const inside = Math.min(end, columns); i < inside; i++) histograms[histogram + grays[row + i]!]!++;
        for (; i < end; i++) histograms[histogram + grays[row + mirror(i, columns)]!]!++;
      }
    }
  }
  return histograms;
}

/** The index inside of an axis that an index beyond it shows when the axis is mirrored at its outermost voxels, again and again. */
function mirror(at: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const folded = at % period;
  return folded < length ? folded : period - folded;
}

/**
 * Cuts bins off at a limit, in place, and gives what was cut off to the bins below it: first the same to all, what is left then one by one to bins spread
 * over the histogram. The order decides which bins end one higher, so it is scikit-image's.
 */
function clipHistogram(histogram: Int32Array, limit: number): void {
  const bins = histogram.length;
  let excess = 0;
  for (let bin = 0; bin < bins; bin++) {
    if (histogram[bin]! <= limit) continue;
    excess += histogram[bin]! - limit;
    histogram[bin] = limit;
  }
  const increment = Math.floor(excess / bins);
  for (let bin = 0; bin < bins; bin++) {
    let count = histogram[bin]!;
    if (count < limit - increment) {
      count += increment;
      excess -= increment;
    }
    if (count >= limit - increment && count < limit) {
      excess -= limit - count;
      count = limit;
    }
    histogram[bin] = count;
  }
  for (let before = excess + 1; excess > 0 && excess < before;) {
    before = excess;
    for (let first = 0; first < bins && excess > 0; first++) excess -= raiseEveryNth(histogram, limit, first, excess);
  }
}

/** Adds one to bins below the limit, from `first` on, as far apart as the excess lasts. Returns to how many. */
function raiseEveryNth(histogram: Int32Array, limit: number, first: number, excess: number): number {
  let below = 0;
  for (const count of histogram) if (count < limit) below++;
  const step = Math.max(1, Math.floor(below / excess));
  let raised = 0;
  for (let bin = first; bin < histogram.length; bin += step) {
    if (histogram[bin]! >= limit) continue;
    histogram[bin]!++;
    raised++;
  }
  return raised;
}
