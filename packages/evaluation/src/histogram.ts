import { checkCount, checkFinite } from './checkValues.js';
import { checkDomain, checkInside, extent, spread, type Domain } from './domain.js';

/** How values are put into bins. */
export interface HistogramOptions {
  /** Bins of equal width. 20 by default: twentieths of [0, 1]. */
  readonly bins?: number;
  /** First and last edge; every value must lie within. By default the smallest and largest value, or half a unit around a single one. */
  readonly domain?: Domain;
}

/** How many values lie in each bin. Bin i holds `edges[i] <= value < edges[i + 1]`, the last also its upper edge. */
export interface Histogram {
  /** `[bins + 1]`, rising. */
  readonly edges: readonly number[];
  /** `[bins]` */
  readonly counts: readonly number[];
  /** `[bins]`, counts so scaled that the bars' areas sum to one. */
  readonly density: readonly number[];
}

/**
 * Counts values in bins of equal width.
 *
 * @param values - `[n]`, finite
 * @param options - bins and domain
 * @throws `MgmtError` `evaluation/empty`, `evaluation/not-finite`, `evaluation/outside-domain` (nothing is dropped in silence), `evaluation/bad-option`
 * @remarks As NumPy's `histogram`, but for values outside the domain, which that ignores.
 * @example
 * histogram([0.1, 0.2, 0.9], { bins: 2, domain: [0, 1] }); // { edges: [0, 0.5, 1], counts: [2, 1], density: [1.33, 0.67] }
 */
export function histogram(values: ArrayLike<number>, { bins = 20, domain }: HistogramOptions = {}): Histogram {
  checkCount(bins, 'bins');
  const checked = checkFinite(values);
  const [low, high] = domain ?? extent(checked, bins);
  checkDomain([low, high], bins);
  checkInside(checked, [low, high]);
  const edges = spread([low, high], bins + 1);
  const counts = new Array<number>(bins).fill(0);
  for (const value of checked) {
    let bin = Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins));
    if (value < edges[bin]!)
      bin--; // the division may round across an edge; the edges decide
    else if (bin < bins - 1 && value >= edges[bin + 1]!) bin++;
    counts[bin]!++;
  }
  return { edges, counts, density: counts.map((count, i) => count / (checked.length * (edges[i + 1]! - edges[i]!))) };
}
