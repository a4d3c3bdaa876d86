import { volume, type Volume } from '@mgmt/core';
import { blankVolume } from './blankVolume.js';
import { type BrainThreshold, headVoxels } from './brainThreshold.js';

/** In which voxels mean and deviation are taken. */
export interface ZScoreConfig {
  readonly threshold: BrainThreshold;
}

/**
 * Brain voxels less their mean, divided by their deviation: mean 0 and deviation 1 within the brain. The background becomes 0, and so does what is not finite.
 * A brain of equal voxels becomes 0.
 *
 * @throws `MgmtError` `preprocess/blank-volume` where nothing counts as brain
 */
export function zScore(source: Volume, { threshold }: ZScoreConfig): Volume<Float32Array> {
  const { data, shape, affine } = source;
  const isHead = headVoxels(source, threshold);
  const isBrain = (value: number) => Number.isFinite(value) && isHead(value);
  let count = 0;
  let mean = 0;
  let squares = 0; // of distances to the mean: Welford's sum
  for (let p = 0; p < data.length; p++) {
    const value = data[p]!;
    if (!isBrain(value)) continue;
    const distance = value - mean;
    mean += distance / ++count;
    squares += distance * (value - mean);
  }
  if (count === 0) throw blankVolume(source);
  const result = new Float32Array(data.length);
  const perDeviation = squares > 0 ? 1 / Math.sqrt(squares / count) : 0;
  for (let p = 0; p < data.length; p++) if (isBrain(data[p]!)) result[p] = (data[p]! - mean) * perDeviation;
  return volume(result, shape, affine);
}
