import { checkConfusion, type ConfusionCounts } from './confusionCounts.js';

/**
 * Mean of sensitivity and specificity: 0.5 for calling all cases alike, however uneven the classes.
 *
 * @param counts - as {@link confusionCounts} gives them
 * @returns in [0, 1]; NaN where a class has no cases
 * @throws `MgmtError` `evaluation/bad-option`, `evaluation/empty`
 * @example
 * balancedAccuracy({ truePositives: 9, falsePositives: 0, trueNegatives: 1, falseNegatives: 3 }); // 0.875
 */
export function balancedAccuracy(counts: ConfusionCounts): number {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = checkConfusion(counts);
  return (truePositives / (truePositives + falseNegatives) + trueNegatives / (trueNegatives + falsePositives)) / 2;
}
