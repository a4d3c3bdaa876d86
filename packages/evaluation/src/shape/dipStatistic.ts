import { checkFinite } from '../checkValues.js';

/**
 * Hartigan's dip: the largest distance between the values' distribution function and the unimodal one that is nearest to it. The more the values form
 * two hills, or more, the larger.
 *
 * @param values - `[n]`, finite, in any order
 * @returns from `1 / (2n)`, which is also given for equal values and for fewer than four, to 1/4; unchanged when the values are moved, stretched, or
 * mirrored
 * @throws `MgmtError` `evaluation/empty`, `evaluation/not-finite`
 * @remarks Hartigan & Hartigan 1985, doi:10.1214/aos/1176346577, their section 3. Equal to R's and Python's diptest (AS 217 as corrected in 1994 and
 * 2003, `min.is.0 = FALSE`).
 * @example
 * dipStatistic([0.1, 0.12, 0.15, 0.8, 0.83, 0.9]); // 0.17
 */
export function dipStatistic(values: ArrayLike<number>): number {
  return sortedDip(checkFinite(values).sort());
}

/**
 * The same of values that are sorted already.
 *
 * The unimodal function follows the greatest convex minorant of the steps' lower corners up to the modal interval, and the least concave majorant of
 * their upper corners after it. The interval starts as the whole range, and shrinks to where minorant and majorant are farthest apart, until that is
 * less than what the parts left behind differ from the steps.
 */
export function sortedDip(x: Float64Array): number {
  const n = x.length;
  let [low, high] = [0, n - 1];
  let dip = 1; // in steps of the distribution function, counted twice
  if (n < 4 || x[low] === x[high]) return dip / (2 * n);
  for (;;) {
    const minorant = hull(x, low, high, 1);
    const majorant = hull(x, low, high, -1);
    const { distance, left, right } = farthestApart(x, minorant, majorant);
    if (distance <= dip) break;
    for (const [from, to] of edges(minorant)) if (to <= left) dip = Math.max(dip, deviation(x, from, to, 1));
    for (const [from, to] of edges(majorant)) if (from >= right) dip = Math.max(dip, deviation(x, from, to, -1));
    if (low === left && high === right) break;
    [low, high] = [left, right];
  }
  return dip / (2 * n);
}

/**
 * Places of the corners of the greatest convex minorant (`sign` 1) or least concave majorant (-1) of the points (x[i], i) from low to high, rising.
 */
function hull(x: Float64Array, low: number, high: number, sign: 1 | -1): number[] {
  const corners: number[] = [];
  for (let i = low; i <= high; i++) {
    while (corners.length > 1) {
      const [a, b] = [corners.at(-2)!, corners.at(-1)!];
      if (sign * ((b - a) * (x[i]! - x[b]!) - (i - b) * (x[b]! - x[a]!)) < 0) break; // the slope goes on rising, or falling
      corners.pop();
    }
    corners.push(i);
  }
  return corners;
}

const edges = (corners: readonly number[]) => corners.slice(1).map((to, k) => [corners[k]!, to] as const);

/** How far the steps rise above the minorant's edge (`sign` 1), or fall below the majorant's (-1), both corners included. */
function deviation(x: Float64Array, from: number, to: number, sign: 1 | -1): number {
  let most = 1;
  if (to - from < 2 || x[from] === x[to]) return most;
  const slope = (to - from) / (x[to]! - x[from]!);
  for (let i = from; i <= to; i++) most = Math.max(most, sign * (i - from - (x[i]! - x[from]!) * slope) + 1);
  return most;
}

/**
 * Where majorant and minorant are farthest apart: at a corner of one, under or over an edge of the other. Left and right are the minorant's corner at
 * or before that place and the majorant's at or after it. Edges that stand upright have no distance of their own.
 */
function farthestApart(x: Float64Array, minorant: readonly number[], majorant: readonly number[]) {
  let best = { distance: 0, left: minorant[0]!, right: minorant.at(-1)! };
  for (let [g, m] = [1, 1]; minorant[g] !== majorant[m];) {
    const [below, above] = [minorant[g]!, majorant[m]!]; // the next corners
    const edge = above < below ? ([minorant[g - 1]!, below] as const) : ([majorant[m - 1]!, above] as const);
    const corner = Math.min(above, below);
    const rise = ((x[corner]! - x[edge[0]]!) * (edge[1] - edge[0])) / (x[edge[1]]! - x[edge[0]]!) - (corner - edge[0]);
    const distance = above < below ? 1 - rise : 1 + rise;
    if (distance >= best.distance) best = { distance, left: above < below ? edge[0] : below, right: above };
    if (above < below) m++;
    else g++;
  }
  return best;
}
