import type { Volume } from '@mgmt/core';
import { type BrainThreshold, headVoxels } from './brainThreshold.js';

/**
 * Which slices are worth showing to a 2-D network.
 *
 * - `all`
 * - `brain`: those whose brain area is at least this share of the volume's largest. The paper's slices without "an inconsiderable view of the brain".
 * - `mask`: those in which the mask has a label.
 * - `bright`: those in which at least this share of the brain is brighter than the volume's brain by so many deviations. The tumor "appears bright" in FLAIR
 *   and T1wCE; it is a guess where no mask tells.
 * - `tumor`: `mask` where there is one, else `bright`.
 */
export type SliceRule =
  | { readonly by: 'all' }
  | { readonly by: 'brain'; readonly share: number }
  | { readonly by: 'mask' }
  | BrightRule
  | { readonly by: 'tumor'; readonly otherwise: Omit<BrightRule, 'by'> };

interface BrightRule {
  readonly by: 'bright';
  /** Above the mean of the volume's brain. */
  readonly deviations: number;
  /** Of the slice's brain, 0 to 1. */
  readonly share: number;
}

/** The slices that a rule chose. */
export interface ChosenSlices {
  /** Their indices, upward. */
  readonly kept: readonly number[];
  /** How many others there were. */
  readonly dropped: number;
  /** The rule that decided. */
  readonly by: 'all' | 'brain' | 'mask' | 'bright';
}

/**
 * The slices of a volume that a rule keeps. A blank volume has none, except under `all`.
 *
 * @param volume - gray values as they were taken: equalized or scaled slice by slice they tell nothing of brightness
 * @param mask - on the volume's grid, see `maskOnto`; without one `mask` keeps nothing
 * @param threshold - what counts as brain; NaN does not
 */
export function chooseSlices(volume: Volume, rule: SliceRule, mask?: Volume, threshold: BrainThreshold = 'auto'): ChosenSlices {
  if (rule.by === 'tumor') return chooseSlices(volume, mask ? { by: 'mask' } : { by: 'bright', ...rule.otherwise }, mask, threshold);
  const slices = volume.shape[0];
  const kept = Array.from({ length: slices }, (_, k) => k).filter(keeps(volume, rule, mask, threshold));
  return { kept, dropped: slices - kept.length, by: rule.by };
}

function keeps(
  volume: Volume,
  rule: Exclude<SliceRule, { by: 'tumor' }>,
  mask: Volume | undefined,
  threshold: BrainThreshold,
): (k: number) => boolean {
  if (rule.by === 'all') return () => true;
  if (rule.by === 'mask') return (k) => mask !== undefined && sliceOf(mask, k).some((label) => label > 0);
  const isHead = headVoxels(volume, threshold);
  const area = Array.from({ length: volume.shape[0] }, (_, k) => countOf(sliceOf(volume, k), isHead));
  if (rule.by === 'brain') {
    const largest = Math.max(...area);
    return (k) => area[k]! > 0 && area[k]! >= rule.share * largest;
  }
  const level = levelAbove(volume, isHead, rule.deviations);
  return (k) => area[k]! > 0 && countOf(sliceOf(volume, k), (value) => isHead(value) && value > level) >= rule.share * area[k]!;
}

const sliceOf = ({ data, shape }: Volume, k: number) => data.subarray(k * shape[1] * shape[2], (k + 1) * shape[1] * shape[2]);

function countOf(values: Volume['data'], counts: (value: number) => boolean): number {
  let count = 0;
  for (let p = 0; p < values.length; p++) if (counts(values[p]!)) count++;
  return count;
}

/** So many deviations above the mean of the head. */
function levelAbove({ data }: Volume, isHead: (value: number) => boolean, deviations: number): number {
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let p = 0; p < data.length; p++) {
    const value = data[p]!;
    if (!isHead(value)) continue;
    count++;
    sum += value;
    squares += value * value;
  }
  const mean = sum / count;
  return mean + deviations * Math.sqrt(Math.max(squares / count - mean * mean, 0));
}
