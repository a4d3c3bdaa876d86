import type { BinaryScores } from './checkBinaryScores.js';
import { pairwiseWins } from './pairwiseWins.js';
import { aucOfWins } from './rocAuc.js';

/** An AUC, and what each case adds to its error. */
export interface DelongDeviations {
  readonly auc: number;
  /**
   * `[n]`, the case's placement value less the AUC, over sqrt(m (m - 1)) of its class of m. The sum of their squares is DeLong's variance, the dot product
   * of two models' DeLong's covariance.
   */
  readonly deviations: Float64Array;
}

/** DeLong et al. 1988 (doi:10.2307/2531595), from one sort a model. Needs two cases of each class. */
export function delongDeviations(scored: BinaryScores): DelongDeviations {
  const { labels, negatives, positives } = scored;
  const wins = pairwiseWins(scored);
  const auc = aucOfWins(scored, wins);
  const scale = [Math.sqrt(negatives * (negatives - 1)), Math.sqrt(positives * (positives - 1))] as const;
  const deviations = wins.map((won, i) => (labels[i] === 1 ? (won / negatives - auc) / scale[1] : (won / positives - auc) / scale[0]));
  return { auc, deviations };
}

/** Sum of products, that of squares where both are the same. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
