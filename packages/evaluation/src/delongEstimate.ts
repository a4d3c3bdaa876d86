import { checkTwoOfEach, type BinaryScores } from './checkBinaryScores.js';
import { delongDeviations, dot } from './delongDeviations.js';

/** The mean AUC of some models on the same cases, and how much it would vary with other cases. */
export interface DelongEstimate {
  readonly mean: number;
  readonly variance: number;
  readonly perSeed: readonly number[];
}

/**
 * DeLong's estimate for the mean of models that scored the same cases, one or more of them.
 *
 * Each case's part in the error averages over the models: what the full covariance matrix of DeLong et al. 1988 gives for equal weights, without
 * building it.
 */
export function delongEstimate(seeds: readonly BinaryScores[]): DelongEstimate {
  checkTwoOfEach(seeds[0]!); // all share labels
  const perModel = seeds.map(delongDeviations);
  const perSeed = perModel.map(({ auc }) => auc);
  const total = new Float64Array(seeds[0]!.labels.length);
  for (const { deviations } of perModel) deviations.forEach((deviation, i) => (total[i]! += deviation));
  return {
    mean: perSeed.reduce((sum, auc) => sum + auc, 0) / seeds.length,
    variance: dot(total, total) / seeds.length ** 2,
    perSeed,
  };
}
