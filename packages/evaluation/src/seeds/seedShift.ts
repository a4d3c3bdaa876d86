import { betaBelow } from '../beta.js';
import { summarize } from '../summarize.js';
import { checkPredictions, meanSquares } from './checkPredictions.js';

/** How the level of predictions differs between seeds. */
export interface SeedShift {
  /** `[seeds]`, mean prediction. */
  readonly means: readonly number[];
  /** `[seeds]`, standard deviation of the predictions within the seed. */
  readonly deviations: readonly number[];
  /** Standard deviation between the means: to be compared with those within. */
  readonly deviationOfMeans: number;
  readonly f: number;
  /** Of freedom, corrected, not whole: of seeds and of the rest. */
  readonly degrees: readonly [seeds: number, rest: number];
  /** Greenhouse and Geisser's correction: 1 where all pairs of seeds differ alike, down to 1 / (seeds - 1). */
  readonly epsilon: number;
  /** Of "on average over cases, all seeds predict the same". */
  readonly p: number;
}

/**
 * Saeed et al. 2022, "the mean of prediction varies significantly with the change of the seed", as a test: analysis of variance with the cases
 * repeated over seeds, corrected by Greenhouse and Geisser, since seeds are not all equally alike.
 *
 * It finds differences that do not matter, since the cases are the same: so read `deviationOfMeans` beside `deviations`. Where seeds differ by more
 * than predictions do within a seed, the level of a prediction is noise.
 *
 * @param scoresBySeed - `[seeds][n]`, two or more of each, finite; probabilities or log odds of the same cases in the same order
 * @returns seeds that predict the same throughout give f = 0 and p = 1; seeds that each differ by a constant f = Infinity and p = 0
 * @throws `MgmtError` `evaluation/too-few`, `evaluation/length-mismatch`, `evaluation/not-finite`, with the seed
 * @remarks Greenhouse & Geisser 1959, doi:10.1007/BF02289823. As statsmodels' `AnovaRM` before the correction.
 */
export function seedShift(scoresBySeed: readonly ArrayLike<number>[]): SeedShift {
  const table = checkPredictions(scoresBySeed);
  const [k, n] = [table.length, table[0]!.length];
  const summaries = table.map((scores) => summarize(scores));
  const means = summaries.map(({ mean }) => mean);
  const squares = meanSquares(table);
  const f = squares.seeds === 0 ? 0 : squares.seeds / squares.rest;
  const epsilon = greenhouseGeisser(table);
  const degrees = [(k - 1) * epsilon, (k - 1) * (n - 1) * epsilon] as const;
  return {
    means,
    deviations: summaries.map(({ deviation }) => deviation),
    deviationOfMeans: summarize(means).deviation,
    f,
    degrees,
    epsilon,
    p: f === Infinity ? 0 : betaBelow(degrees[1] / (degrees[1] + degrees[0] * f), degrees[1] / 2, degrees[0] / 2),
  };
}

/**
 * (sum of eigenvalues)^2 over (seeds - 1) times the sum of their squares, of the seeds' covariances less row and column means; 1 where nothing
 * varies.
 */
function greenhouseGeisser(table: readonly Float64Array[]): number {
  const k = table.length;
  const centered = table.map((scores) => {
    const { mean } = summarize(scores);
    return scores.map((score) => score - mean);
  });
  const rest = centered.map((scores) => scores.map((score, i) => score - centered.reduce((sum, other) => sum + other[i]!, 0) / k));
  let [trace, squares] = [0, 0];
  rest.forEach((a, i) =>
    rest.forEach((b, j) => {
      const covariance = a.reduce((sum, value, place) => sum + value * b[place]!, 0);
      if (i === j) trace += covariance;
      squares += covariance ** 2;
    }),
  );
  return squares === 0 ? 1 : Math.min(1, trace ** 2 / ((k - 1) * squares));
}
