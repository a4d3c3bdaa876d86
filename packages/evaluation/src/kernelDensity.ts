import { MgmtError } from '@mgmt/core';
import { checkCount, checkFinite, checkOption } from './checkValues.js';
import { checkDomain, checkInside, extent, spread, type Domain } from './domain.js';

/** How a sample is smoothed. */
export interface KernelDensityOptions {
  /**
   * Standard deviation of the kernel: by Scott's rule (the default, SciPy's too), by Silverman's, or as a number in the unit of the values. A rule's is
   * raised to the distance of grid points where it is below: a narrower kernel would fall between them and not be seen.
   */
  readonly bandwidth?: 'scott' | 'silverman' | number;
  /** Points at which the density is computed, equally far apart, both ends included. 256 by default: a line across a page. */
  readonly grid?: number;
  /** First and last point. By default three bandwidths beyond the smallest and the largest value. */
  readonly domain?: Domain;
  /**
   * What becomes of mass that the kernel would put outside the domain. `open` (the default): it stays there, as in SciPy. `reflecting`: it is folded
   * back, as fits a quantity that cannot go further, a probability in [0, 1]; all values must then lie in the domain.
   */
  readonly boundary?: 'open' | 'reflecting';
  /** `[n]`, how much each value counts, 0 or more, only their ratios matter. By default all alike. */
  readonly weights?: ArrayLike<number>;
}

/** A density at equally distant points. */
export interface Density {
  /** `[grid]`, rising. */
  readonly x: readonly number[];
  /** `[grid]`, per unit of x. */
  readonly density: readonly number[];
  /** Standard deviation of the kernel that was used. */
  readonly bandwidth: number;
}

/**
 * Gaussian kernel density estimate.
 *
 * Of equal values, which have no spread, a rule gives a bump as wide as the grid can show.
 *
 * @param values - `[n]`, finite
 * @param options - bandwidth, grid, domain, boundary
 * @throws `MgmtError` `evaluation/empty`, `evaluation/not-finite`, `evaluation/outside-domain` (for `reflecting`), `evaluation/bad-option`,
 * `evaluation/length-mismatch` (of weights)
 * @remarks As SciPy's `gaussian_kde`, whose number is a factor of the deviation, where ours is the bandwidth itself. Scott 1992: n^(-1/5) deviations;
 * Silverman 1986: (3n/4)^(-1/5); with weights n is Kish's effective size, 1 / (sum of squared shares).
 * @example
 * kernelDensity(scores, { domain: [0, 1], boundary: 'reflecting' }); // { x: [0, 0.0039, ...], density: [...], bandwidth: 0.021 }
 */
export function kernelDensity(
  values: ArrayLike<number>,
  { bandwidth: rule = 'scott', grid = 256, domain, boundary = 'open', weights }: KernelDensityOptions = {},
): Density {
  checkCount(grid, 'grid', 2);
  const checked = checkFinite(values);
  const shares = sharesOf(weights, checked.length);
  const wanted = typeof rule === 'number' ? rule : RULES[rule](1 / sumOfSquares(shares)) * deviationOf(checked, shares);
  if (typeof rule === 'number') checkOption(rule > 0 && rule < Infinity, 'bandwidth', 'a rule, or a number above 0', rule);
  const [low, high] = domain ?? extent(checked, grid - 1, 3 * wanted);
  checkDomain([low, high], grid - 1);
  if (boundary === 'reflecting') checkInside(checked, [low, high]);

  const bandwidth = typeof rule === 'number' ? rule : Math.max(wanted, (high - low) / (grid - 1));
  const height = 1 / (bandwidth * Math.sqrt(2 * Math.PI));
  const at = (x: number) =>
    checked.reduce((sum, value, i) => sum + shares[i]! * Math.exp(-0.5 * ((x - value) / bandwidth) ** 2), 0) * height;
  const x = spread([low, high], grid);
  const density = x.map(boundary === 'open' ? at : (point) => at(point) + at(2 * low - point) + at(2 * high - point));
  return { x, density, bandwidth };
}

const RULES = {
  scott: (n: number) => n ** -0.2,
  silverman: (n: number) => (0.75 * n) ** -0.2,
} as const;

/** Weights as shares of their sum. */
function sharesOf(weights: ArrayLike<number> | undefined, n: number): Float64Array {
  if (weights === undefined) return new Float64Array(n).fill(1 / n);
  if (weights.length !== n) {
    throw new MgmtError('every value needs its weight', {
      code: 'evaluation/length-mismatch',
      expected: `${n} weights`,
      found: String(weights.length),
    });
  }
  const checked = checkFinite(weights, 'weights');
  const total = checked.reduce((sum, weight) => sum + weight, 0);
  checkOption(total > 0 && checked.every((weight) => weight >= 0), 'weights', '0 or more, not all 0', checked.join(', '));
  return checked.map((weight) => weight / total);
}

const sumOfSquares = (shares: Float64Array) => shares.reduce((sum, share) => sum + share ** 2, 0);

/** With n - 1 where all weigh alike; 0 where there is no spread, or but one value that counts. */
function deviationOf(values: Float64Array, shares: Float64Array): number {
  const mean = values[0]! + values.reduce((sum, value, i) => sum + shares[i]! * (value - values[0]!), 0);
  const squares = values.reduce((sum, value, i) => sum + shares[i]! * (value - mean) ** 2, 0);
  return squares === 0 ? 0 : Math.sqrt(squares / (1 - sumOfSquares(shares)));
}
