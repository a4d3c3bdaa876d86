import { MgmtError } from '@mgmt/core';
import { checkFinite } from '../checkValues.js';

/**
 * Predictions of two seeds or more for the same cases, two or more. Throws `MgmtError` `evaluation/too-few`, `evaluation/length-mismatch`,
 * `evaluation/not-finite`.
 */
export function checkPredictions(scoresBySeed: readonly ArrayLike<number>[]): readonly Float64Array[] {
  const cases = scoresBySeed[0]?.length ?? 0;
  if (scoresBySeed.length < 2 || cases < 2) {
    throw new MgmtError('seeds are compared with one another, over cases', {
      code: 'evaluation/too-few',
      expected: 'two seeds or more, of two cases or more',
      found: `${scoresBySeed.length} seeds of ${cases} cases`,
    });
  }
  return scoresBySeed.map((scores, seed) => {
    if (scores.length === cases) return checkFinite(scores, 'scores', `seed ${seed}`);
    throw new MgmtError('all seeds score the same cases', {
      code: 'evaluation/length-mismatch',
      where: `seed ${seed}`,
      expected: `${cases} scores`,
      found: String(scores.length),
    });
  });
}

/** Mean squares of a table of seeds and cases without repetition. */
export interface MeanSquares {
  /** Between the seeds' means. */
  readonly seeds: number;
  /** Between the cases' means. */
  readonly cases: number;
  /** What neither explains. */
  readonly rest: number;
}

/** Analysis of variance of a table, each cell one value. Differences from a seed's first score are exact for constant seeds. */
export function meanSquares(table: readonly Float64Array[]): MeanSquares {
  const [k, n] = [table.length, table[0]!.length];
  const seedMeans = table.map(meanOf);
  const caseMeans = Float64Array.from({ length: n }, (_, i) => meanOf(Float64Array.from(table, (scores) => scores[i]!)));
  const mean = meanOf(Float64Array.from(seedMeans));
  const between = (means: ArrayLike<number>) => Array.from(means).reduce((sum, value) => sum + (value - mean) ** 2, 0);
  let rest = 0;
  table.forEach((scores, seed) => scores.forEach((score, i) => (rest += (score - seedMeans[seed]! - caseMeans[i]! + mean) ** 2)));
  return {
    seeds: (n * between(seedMeans)) / (k - 1),
    cases: (k * between(caseMeans)) / (n - 1),
    rest: rest / ((k - 1) * (n - 1)),
  };
}

/** From the first value on, so that equal values have exactly their own mean. */
function meanOf(values: Float64Array): number {
  return values[0]! + values.reduce((sum, value) => sum + (value - values[0]!), 0) / values.length;
}
