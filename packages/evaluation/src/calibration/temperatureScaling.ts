import { MgmtError } from '@mgmt/core';
import { checkBinaryScores, type BinaryLabel } from '../checkBinaryScores.js';
import { logisticRegression } from './logisticRegression.js';
import type { TemperatureRecalibration } from './recalibration.js';

/**
 * One factor on all logits, by maximum likelihood: it makes a network more or less sure of itself, and leaves 0.5 where it is and the AUC as it was.
 *
 * @param labels - `[n]`, 0 or 1, both present
 * @param logits - `[n]`, finite log odds of class 1
 * @returns for {@link recalibrate}; 0, which is 0.5 for every case, where the logits point the wrong way or are all 0
 * @throws `MgmtError` as {@link rocAuc}, and `evaluation/separable` where every logit is on its label's side of 0, or on it: no factor is large
 * enough
 * @remarks Guo, Pleiss, Sun & Weinberger 2017, arXiv:1706.04599. As scikit-learn's `_TemperatureScaling` of two classes.
 */
export function temperatureScaling(labels: ArrayLike<BinaryLabel>, logits: ArrayLike<number>): TemperatureRecalibration {
  const { labels: classes, scores } = checkBinaryScores(labels, logits);
  const slopeAtZero = scores.reduce((sum, eta, i) => sum + (classes[i]! - 0.5) * eta, 0); // of the likelihood, which is concave
  if (slopeAtZero <= 0) return { kind: 'temperature', inverseTemperature: 0 };
  if (scores.every((eta, i) => (classes[i] === 1 ? eta >= 0 : eta <= 0))) {
    throw new MgmtError('every logit is on the side of its label: no temperature is low enough', {
      code: 'evaluation/separable',
      expected: 'a logit on the wrong side of 0',
      found: `${scores.length} on the right side`,
      hint: 'plattScaling has a finite answer here',
    });
  }
  return { kind: 'temperature', inverseTemperature: logisticRegression([scores], classes).coefficients[0]! };
}
