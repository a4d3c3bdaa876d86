import { MgmtError } from '@mgmt/core';
import { normalQuantile, normalTail } from '../normal.js';
import { resampledQuantile } from '../quantile.js';

/** How an interval is read off the resamples. */
export type BootstrapMethod = 'percentile' | 'bca';

/** Draws until there are so many values that are defined. Throws `MgmtError` `evaluation/undefined-statistic` where as many were not. */
export function definedDraws(count: number, draw: () => number): Float64Array {
  const values = new Float64Array(count);
  let undefinedOnes = 0;
  for (let k = 0; k < count;) {
    const value = draw();
    if (Number.isFinite(value)) values[k++] = value;
    else if (++undefinedOnes > count) {
      throw new MgmtError('the statistic is undefined on most resamples', {
        code: 'evaluation/undefined-statistic',
        expected: 'a finite number on at least half of the resamples',
        found: `${String(value)} on ${undefinedOnes}, a number on ${k}`,
        hint: 'draw within strata, so that no resample lacks a class',
      });
    }
  }
  return values;
}

/** Ends at these quantiles of the draws, equal distances from both ends of (0, 1). */
export function percentileEnds(draws: Float64Array, level: number): { readonly low: number; readonly high: number } {
  return endsAt(draws, [(1 - level) / 2, (1 + level) / 2]);
}

/** Ends at the quantiles that correct the draws for bias and skew. `leftOut` is `[strata][units]`, the statistic without each unit in turn. */
export function bcaEnds(
  draws: Float64Array,
  estimate: number,
  leftOut: () => readonly (readonly number[])[],
  level: number,
): { readonly low: number; readonly high: number } {
  return endsAt(draws, bcaLevels(draws, estimate, leftOut(), level));
}

/**
 * Efron 1987 (doi:10.1080/01621459.1987.10478410), with the acceleration for several samples as SciPy's `bootstrap` has it. Draws equal to the estimate
 * count half on each side; where all lie on one side, as if half a draw lay on the other.
 */
export function bcaLevels(
  draws: Float64Array,
  estimate: number,
  leftOut: readonly (readonly number[])[],
  level: number,
): readonly [number, number] {
  let below = 0;
  for (const value of draws) below += value < estimate ? 1 : value === estimate ? 0.5 : 0;
  const bias = normalQuantile(Math.min(draws.length - 0.5, Math.max(0.5, below)) / draws.length);
  const acceleration = accelerationOf(leftOut);
  const corrected = (z: number) => normalTail(-(bias + (bias + z) / (1 - acceleration * (bias + z))));
  const z = normalQuantile((1 + level) / 2);
  return [corrected(-z), corrected(z)];
}

function accelerationOf(leftOut: readonly (readonly number[])[]): number {
  let cubes = 0;
  let squares = 0;
  for (const values of leftOut) {
    const n = values.length;
    const mean = values.reduce((sum, value) => sum + value, 0) / n;
    for (const value of values) {
      const influence = ((n - 1) * (mean - value)) / n;
      cubes += influence ** 3;
      squares += influence ** 2;
    }
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

function endsAt(draws: Float64Array, [low, high]: readonly [number, number]) {
  const sorted = draws.toSorted();
  return { low: resampledQuantile(sorted, low), high: resampledQuantile(sorted, high) };
}
