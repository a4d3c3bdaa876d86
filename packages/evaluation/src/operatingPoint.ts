import type { BinaryLabel } from './checkBinaryScores.js';
import { checkOption } from './checkValues.js';
import { rocCurve } from './rocCurve.js';

/** A threshold, and what it gives. */
export interface OperatingPoint {
  /** Class 1 is called from here on: a score that occurs, or Infinity, where it is never called. */
  readonly threshold: number;
  readonly sensitivity: number;
  readonly specificity: number;
}

/** How a threshold is chosen. */
export type OperatingRule =
  /** Largest sensitivity + specificity (Youden 1950, doi:10.1002/1097-0142(1950)3:1<32::AID-CNCR2820030106>3.0.CO;2-3). */
  | { readonly rule: 'youden' }
  /** Nearest to the corner where both are 1. */
  | { readonly rule: 'corner' }
  /** Largest specificity with a sensitivity of at least so much. */
  | { readonly rule: 'sensitivity'; readonly least: number }
  /** Largest sensitivity with a specificity of at least so much. */
  | { readonly rule: 'specificity'; readonly least: number };

/**
 * Chooses a point of the ROC curve. Of equally good ones it is that with the highest threshold; by `sensitivity` the lowest, which has more of it.
 *
 * What it gives is too good for new cases, since the threshold was chosen on these: report the rates of other cases ({@link confusionCounts} at the
 * threshold), or of the same inside a bootstrap that chooses anew each time.
 *
 * @param labels - `[n]`, 0 or 1, both present
 * @param scores - `[n]`, finite, larger speaks for class 1
 * @param rule - the choice; of equal scores throughout there are two points, all cases called 0 and all called 1
 * @throws `MgmtError` as {@link rocAuc}, and `evaluation/bad-option`
 * @example
 * operatingPoint(labels, scores, { rule: 'sensitivity', least: 0.9 }); // { threshold: 0.41, sensitivity: 0.902, specificity: 0.25 }
 */
export function operatingPoint(labels: ArrayLike<BinaryLabel>, scores: ArrayLike<number>, rule: OperatingRule): OperatingPoint {
  if ('least' in rule) checkOption(rule.least >= 0 && rule.least <= 1, 'least', '0 to 1', rule.least);
  const { thresholds, truePositiveRates, falsePositiveRates } = rocCurve(labels, scores);
  const points = thresholds.map((threshold, k) => ({
    threshold,
    sensitivity: truePositiveRates[k]!,
    specificity: 1 - falsePositiveRates[k]!,
  }));
  const atTies = rule.rule === 'sensitivity' ? -ROUNDING : ROUNDING; // thresholds fall
  return points.reduce((best, point) => (worth(point, rule) > worth(best, rule) + atTies ? point : best));
}

const ROUNDING = 1e-12; // of shares of cases

/** The larger the better. */
function worth({ sensitivity, specificity }: OperatingPoint, rule: OperatingRule): number {
  switch (rule.rule) {
    case 'youden':
      return sensitivity + specificity;
    case 'corner':
      return -((1 - sensitivity) ** 2) - (1 - specificity) ** 2;
    case 'sensitivity':
      return sensitivity >= rule.least - ROUNDING ? specificity : -1;
    case 'specificity':
      return specificity >= rule.least - ROUNDING ? sensitivity : -1;
  }
}
