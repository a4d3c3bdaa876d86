import { checkCount, checkOption } from './checkValues.js';
import { normalQuantile, normalTail } from './normal.js';

/** A study that will test an AUC against 0.5. */
export interface AucStudy {
  /** Cases of class 1. */
  readonly positives: number;
  /** Cases of class 0. */
  readonly negatives: number;
  /** The two-sided level of the test, 0.05 by default. */
  readonly alpha?: number;
  /**
   * The variance of an AUC before there are scores. `obuchowski` (the default): for scores normal in both classes, as pROC's `power.roc.test`
   * (Obuchowski & McClish 1997, doi:10.1002/(SICI)1097-0258(19970715)16:13<1529::AID-SIM565>3.0.CO;2-H). `hanley-mcneil`: for exponential ones, somewhat
   * larger (1982, doi:10.1148/radiology.143.1.7063747), and exact for guessing.
   */
  readonly variance?: 'obuchowski' | 'hanley-mcneil';
}

/**
 * The chance that a test finds an AUC to differ from 0.5, in the right direction, with so many cases.
 *
 * @param auc - the true one, between 0 and 1; 0.4 is found as easily as 0.6
 * @param study - cases, level and kind of variance
 * @returns in (0, 1); alpha / 2 or near it for 0.5, where either direction is wrong
 * @throws `MgmtError` `evaluation/bad-option`
 * @remarks pROC's `power.roc.test` to all digits for `obuchowski` (whose constants have three).
 * @example
 * aucPower(0.6, { positives: 61, negatives: 56 }); // 0.48: more often than not an AUC of 0.6 is missed
 */
export function aucPower(auc: number, { positives, negatives, alpha = 0.05, variance = 'obuchowski' }: AucStudy): number {
  checkOption(auc > 0 && auc < 1, 'auc', 'between 0 and 1', auc);
  checkOption(alpha > 0 && alpha < 1, 'alpha', 'between 0 and 1', alpha);
  checkCount(positives, 'positives');
  checkCount(negatives, 'negatives');
  const above = Math.max(auc, 1 - auc);
  const { chance, there } = VARIANCES[variance](above, positives, negatives);
  return normalTail((normalQuantile(1 - alpha / 2) * Math.sqrt(chance) - (above - 0.5)) / Math.sqrt(there));
}

/** Variances of the AUC: of one that is 0.5, and of one that is `auc`. */
const VARIANCES = {
  obuchowski(auc: number, positives: number, negatives: number) {
    const ratio = negatives / positives;
    const square = (1.414 * normalQuantile(auc)) ** 2;
    return {
      chance: (0.0792 * (1 + 1 / ratio)) / positives,
      there: (0.0099 * Math.exp(-square / 2) * (5 * square + 8 + (square + 8) / ratio)) / positives,
    };
  },
  'hanley-mcneil'(auc: number, positives: number, negatives: number) {
    const twoPositives = auc / (2 - auc) - auc ** 2; // both above one of class 0, less chance
    const twoNegatives = (2 * auc ** 2) / (1 + auc) - auc ** 2;
    const pairs = positives * negatives;
    return {
      chance: (positives + negatives + 1) / (12 * pairs),
      there: (auc * (1 - auc) + (positives - 1) * twoPositives + (negatives - 1) * twoNegatives) / pairs,
    };
  },
};
