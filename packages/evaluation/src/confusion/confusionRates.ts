import { proportionInterval, type Proportion, type ProportionOptions } from '../proportionInterval.js';
import { checkConfusion, type ConfusionCounts } from './confusionCounts.js';

/** The shares that a table of calls and truths is read for, each with its interval. One of no cases is NaN in [0, 1]. */
export interface ConfusionRates {
  /** Of class 1, the share called so. */
  readonly sensitivity: Proportion;
  /** Of class 0, the share called so. */
  readonly specificity: Proportion;
  /** Of the cases called 1, the share that is; precision. Depends on how common class 1 is among these cases. */
  readonly positivePredictiveValue: Proportion;
  /** Of the cases called 0, the share that is. Depends on how common class 0 is among these cases. */
  readonly negativePredictiveValue: Proportion;
  /** Share of right calls: to be compared with the share of the larger class. */
  readonly accuracy: Proportion;
}

/**
 * Sensitivity, specificity, predictive values and accuracy with confidence intervals.
 *
 * The intervals take the threshold as given: for one that was chosen on the same cases all rates are too good.
 *
 * @param counts - as {@link confusionCounts} gives them
 * @param options - the level and the kind of interval, as {@link proportionInterval}
 * @throws `MgmtError` `evaluation/bad-option`, `evaluation/empty`
 * @example
 * confusionRates(confusionCounts(labels, scores)).sensitivity; // { estimate: 0.67, low: 0.55, high: 0.78 }
 */
export function confusionRates(counts: ConfusionCounts, options: ProportionOptions = {}): ConfusionRates {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = checkConfusion(counts);
  const share = (right: number, wrong: number) => proportionInterval(right, right + wrong, options);
  return {
    sensitivity: share(truePositives, falseNegatives),
    specificity: share(trueNegatives, falsePositives),
    positivePredictiveValue: share(truePositives, falsePositives),
    negativePredictiveValue: share(trueNegatives, falseNegatives),
    accuracy: share(truePositives + trueNegatives, falsePositives + falseNegatives),
  };
}
