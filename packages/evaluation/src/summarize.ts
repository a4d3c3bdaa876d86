import { checkFinite } from './checkValues.js';
import { sortedQuantile } from './quantile.js';

/** A sample in eight numbers. */
export interface Summary {
  readonly count: number;
  readonly mean: number;
  /** Standard deviation with n - 1; NaN of a single value, whose spread cannot be told. */
  readonly deviation: number;
  readonly min: number;
  /** Lower quartile, as {@link quantile}. */
  readonly lowerQuartile: number;
  readonly median: number;
  /** Upper quartile. */
  readonly upperQuartile: number;
  readonly max: number;
}

/**
 * Count, mean, spread and quartiles of a sample.
 *
 * @param values - `[n]`, finite
 * @throws `MgmtError` `evaluation/empty`, `evaluation/not-finite`
 * @example
 * summarize(scores); // { count: 87, mean: 0.54, deviation: 0.03, min: 0.41, lowerQuartile: 0.52, median: 0.55, upperQuartile: 0.56, max: 0.6 }
 */
export function summarize(values: ArrayLike<number>): Summary {
  const sorted = checkFinite(values).sort();
  const count = sorted.length;
  const min = sorted[0]!;
  const mean = min + sorted.reduce((sum, value) => sum + (value - min), 0) / count; // from the smallest on: equal values have no spread, not 1e-17
  return {
    count,
    mean,
    deviation: Math.sqrt(sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1)),
    min,
    lowerQuartile: sortedQuantile(sorted, 0.25),
    median: sortedQuantile(sorted, 0.5),
    upperQuartile: sortedQuantile(sorted, 0.75),
    max: sorted[count - 1]!,
  };
}
