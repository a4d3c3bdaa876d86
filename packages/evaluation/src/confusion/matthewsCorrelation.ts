import { checkConfusion, type ConfusionCounts } from './confusionCounts.js';

/**
 * Matthews' correlation of calls and truths: 1 all right, 0 no connection, -1 all wrong. It uses all four counts alike.
 *
 * @param counts - as {@link confusionCounts} gives them
 * @returns in [-1, 1]; 0 where a class has no cases or is never called, the limit and scikit-learn's answer
 * @throws `MgmtError` `evaluation/bad-option`, `evaluation/empty`
 * @remarks Matthews 1975, doi:10.1016/0005-2795(75)90109-9.
 * @example
 * matthewsCorrelation({ truePositives: 6, falsePositives: 1, trueNegatives: 3, falseNegatives: 2 }); // 0.478
 */
export function matthewsCorrelation(counts: ConfusionCounts): number {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = checkConfusion(counts);
  const spread =
    Math.sqrt((truePositives + falsePositives) * (truePositives + falseNegatives)) *
    Math.sqrt((trueNegatives + falsePositives) * (trueNegatives + falseNegatives));
  return spread === 0 ? 0 : (truePositives * trueNegatives - falsePositives * falseNegatives) / spread;
}
