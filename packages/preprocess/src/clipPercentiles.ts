import { volume, type Volume } from '@mgmt/core';
import { type BrainThreshold, headVoxels } from './brainThreshold.js';
import { sortedQuantile } from './sortedQuantile.js';

/** Which values are cut off. */
export interface ClipPercentilesConfig {
  /** Percent of voxels below; 0.5, say. */
  readonly lower: number;
  /** Percent of voxels below; 99.5, say. */
  readonly upper: number;
  /** Only the head's voxels count, by this rule; all finite voxels by default. */
  readonly threshold?: BrainThreshold;
}

/**
 * Values below the lower percentile become it, and those above the upper one: a few bright voxels no longer stretch the gray scale. Percentiles are those of
 * `numpy.percentile`, linear between ranks.
 *
 * NaN and the infinities take no part and become the lower percentile, `+Infinity` the upper. Blank and constant volumes stay as they are; where no voxel
 * counts, all become 0.
 */
export function clipPercentiles(source: Volume, { lower, upper, threshold }: ClipPercentilesConfig): Volume<Float32Array> {
  const { data, shape, affine } = source;
  const counts = threshold ? headVoxels(source, threshold) : () => true;
  const ranked = new Float64Array(data.length);
  let count = 0;
  for (let p = 0; p < data.length; p++) if (Number.isFinite(data[p]) && counts(data[p]!)) ranked[count++] = data[p]!;
  const result = new Float32Array(data.length);
  if (count === 0) return volume(result, shape, affine);
  const sorted = ranked.subarray(0, count).sort();
  const [low, high] = [sortedQuantile(sorted, lower / 100), sortedQuantile(sorted, upper / 100)];
  for (let p = 0; p < data.length; p++) {
    const value = data[p]!;
    result[p] = value > high ? high : value >= low ? value : low;
  }
  return volume(result, shape, affine);
}
