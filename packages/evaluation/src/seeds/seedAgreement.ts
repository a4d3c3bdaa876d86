import { tieGroups } from '../tieGroups.js';
import { checkPredictions, meanSquares } from './checkPredictions.js';

/** Whether seeds say the same about the same cases. */
export interface SeedAgreement {
  /** Mean of Spearman's rank correlation over all pairs of seeds: whether they put the cases in the same order. */
  readonly rankCorrelation: number;
  /** `[seeds][seeds]`, of each pair, 1 on the diagonal. */
  readonly rankCorrelations: readonly (readonly number[])[];
  /** ICC(3,1): share of the variance that is the cases', with each seed's level taken away. */
  readonly consistency: number;
  /** ICC(2,1): the same with the seeds' levels counted as disagreement. */
  readonly agreement: number;
}

/**
 * How much of a prediction is the case's, and how much the seed's.
 *
 * Agreement is not truth: seeds may agree on the scanner. But seeds that do not even agree among each other, on cases that none of them was trained
 * on, have learned nothing that is there.
 *
 * @param scoresBySeed - `[seeds][n]`, two or more of each, finite; of the same cases in the same order
 * @returns a seed whose predictions are all equal orders nothing: its correlations are NaN, and so is their mean. Where nothing varies at all, the
 * coefficients are NaN. They may fall below 0, down to `-1 / (seeds - 1)` for `consistency`
 * @throws `MgmtError` `evaluation/too-few`, `evaluation/length-mismatch`, `evaluation/not-finite`, with the seed
 * @remarks Shrout & Fleiss 1979, doi:10.1037/0033-2909.86.2.420; equal scores share their mean rank.
 */
export function seedAgreement(scoresBySeed: readonly ArrayLike<number>[]): SeedAgreement {
  const table = checkPredictions(scoresBySeed);
  const [k, n] = [table.length, table[0]!.length];
  const ranks = table.map(centeredRanks);
  const rankCorrelations = ranks.map((a, i) => ranks.map((b, j) => (i === j ? 1 : correlation(a, b))));
  const pairs = rankCorrelations.flatMap((row, i) => row.slice(i + 1));
  const { seeds, cases, rest } = meanSquares(table);
  return {
    rankCorrelation: pairs.reduce((sum, r) => sum + r, 0) / pairs.length,
    rankCorrelations,
    consistency: (cases - rest) / (cases + (k - 1) * rest),
    agreement: (cases - rest) / (cases + (k - 1) * rest + (k * (seeds - rest)) / n),
  };
}

/** `[n]`, mean ranks less their mean. */
function centeredRanks(scores: Float64Array): Float64Array {
  const { order, starts } = tieGroups(scores);
  const ranks = new Float64Array(scores.length);
  for (let g = 0; g + 1 < starts.length; g++) {
    const rank = (starts[g]! + starts[g + 1]! - scores.length) / 2;
    for (const i of order.subarray(starts[g], starts[g + 1])) ranks[i] = rank;
  }
  return ranks;
}

function correlation(a: Float64Array, b: Float64Array): number {
  const product = (x: Float64Array, y: Float64Array) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}
