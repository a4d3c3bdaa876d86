import { checkConfusion, type ConfusionCounts } from './confusionCounts.js';

/**
 * F1: the harmonic mean of precision and sensitivity. It does not look at true negatives and changes when the classes are swapped.
 *
 * @param counts - as {@link confusionCounts} gives them
 * @returns in [0, 1]; NaN where class 1 neither is there nor is called (scikit-learn says 0)
 * @throws `MgmtError` `evaluation/bad-option`, `evaluation/empty`
 * @example
 * f1Score({ truePositives: 2, falsePositives: 1, trueNegatives: 5, falseNegatives: 1 }); // 0.667
 */
export function f1Score(counts: ConfusionCounts): number {
  const { truePositives, falsePositives, falseNegatives } = checkConfusion(counts);
  return (2 * truePositives) / (2 * truePositives + falsePositives + falseNegatives);
}
