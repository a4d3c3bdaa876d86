import { checkTwoOfEach, type BinaryScores } from './checkBinaryScores.js';
import { pairwiseWins } from './pairwiseWins.js';
import { aucOfWins } from './rocAuc.js';

/** The mean AUC of some models on the same cases, and how much it would vary with other cases. */
export interface DelongEstimate {
  readonly mean: number;
  readonly variance: number;
  readonly perSeed: readonly number[];
}

/**
 * DeLong's estimate for the mean of models that scored the same cases, one or more of them.
 *
 * AUC is a mean over cases of class 1 and over cases of class 0 alike; its variance is that of both means. For the mean of several models each case
 * first averages over the models: what the full covariance matrix of DeLong et al. 1988 gives for equal weights, without building it.
 */
export function delongEstimate(seeds: readonly BinaryScores[]): DelongEstimate {
  const [first] = seeds as [BinaryScores]; // all share labels
  checkTwoOfEach(first);
  const total = new Float64Array(first.labels.length); // wins of each case, over all seeds
  const perSeed = seeds.map((seed) => {
    const wins = pairwiseWins(seed);
    for (let i = 0; i < total.length; i++) total[i]! += wins[i]!;
    return aucOfWins(seed, wins);
  });
  const { labels, negatives, positives } = first;
  const placements = (label: number, others: number) =>
    total.filter((_, i) => labels[i] === label).map((wins) => wins / (others * seeds.length));
  return {
    mean: aucOfWins(first, total) / seeds.length,
    variance: varianceOfMean(placements(1, negatives)) + varianceOfMean(placements(0, positives)),
    perSeed,
  };
}

function varianceOfMean(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length * (values.length - 1));
}
