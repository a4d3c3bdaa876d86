import { checkFinite, checkOption } from './checkValues.js';

/**
 * Sample quantile, linear between the two nearest values: type 7 of Hyndman & Fan, the default of R, NumPy and d3.
 *
 * @param values - `[n]`, finite, in any order
 * @param p - in [0, 1]; 0.5 is the median
 * @throws `MgmtError` `evaluation/empty`, `evaluation/not-finite`, `evaluation/bad-option`
 * @remarks Hyndman & Fan 1996, doi:10.1080/00031305.1996.10473566.
 * @example
 * quantile([4, 1, 2, 3], 0.5); // 2.5
 */
export function quantile(values: ArrayLike<number>, p: number): number {
  checkOption(p >= 0 && p <= 1, 'p', '0 to 1', p);
  return sortedQuantile(checkFinite(values).sort(), p);
}

/** The same of values that are sorted already. */
export function sortedQuantile(sorted: Float64Array, p: number): number {
  return between(sorted, (sorted.length - 1) * p);
}

/**
 * A quantile of a bootstrap distribution from its sorted resamples: at place (n + 1) p, type 6, as R's `boot.ci`. Type 7 reads the resamples as if they
 * were all there are, and few of them then give intervals that are too narrow.
 */
export function resampledQuantile(sorted: Float64Array, p: number): number {
  return between(sorted, Math.min(sorted.length - 1, Math.max(0, (sorted.length + 1) * p - 1)));
}

/** The value at a place that may lie between two, counted from 0. */
function between(sorted: Float64Array, place: number): number {
  const below = Math.floor(place);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (place - below);
}
