import { MgmtError } from '@mgmt/core';
import { aucPower, type AucStudy } from './aucPower.js';
import { bisect } from './beta.js';
import { checkOption } from './checkValues.js';

/** A study, and the chance of success that it wants. */
export interface DetectableAucStudy extends AucStudy {
  /** The chance of finding the AUC to differ from 0.5; 0.8 by default, by custom. At least 0.5. */
  readonly power?: number;
}

/**
 * The smallest AUC that a study of so many cases finds with this power: what a study without a finding can say it has ruled out.
 *
 * @param study - cases, power, level and kind of variance
 * @returns between 0.5 and 1
 * @throws `MgmtError` `evaluation/bad-option`, and `evaluation/too-few` where not even an AUC of 1 is found
 * @remarks pROC's `power.roc.test` without `auc`, whose search stops at four digits.
 * @example
 * smallestDetectableAuc({ positives: 61, negatives: 56 }); // 0.645
 */
export function smallestDetectableAuc({ power = 0.8, ...study }: DetectableAucStudy): number {
  checkOption(power >= 0.5 && power < 1, 'power', '0.5 to below 1', power);
  if (aucPower(1 - 1e-9, study) < power) {
    throw new MgmtError('so few cases find no AUC with this power', {
      code: 'evaluation/too-few',
      expected: 'cases enough to find perfect separation',
      found: `${study.positives} of class 1, ${study.negatives} of class 0`,
    });
  }
  return bisect((auc) => aucPower(auc, study) < power, 0.5, 1 - 1e-9);
}
