import { checkBinaryScores, type BinaryLabel } from '../checkBinaryScores.js';
import { logit } from '../logistic.js';
import { logisticRegression } from './logisticRegression.js';
import type { PlattRecalibration } from './recalibration.js';

/**
 * A logistic curve over the score, by maximum likelihood with Platt's targets: `(positives + 1) / (positives + 2)` for class 1 and
 * `1 / (negatives + 2)` for class 0, so that few cases, and classes that are told apart perfectly, never give a certainty.
 *
 * @param labels - `[n]`, 0 or 1, both present
 * @param scores - `[n]`, finite, on any scale; the slope is below 0 where larger scores speak for class 0
 * @returns for {@link recalibrate}; equal scores throughout give slope 0 and the mean target for every case
 * @throws `MgmtError` as {@link rocAuc}
 * @remarks Platt 1999; Newton's method as Lin, Lin & Weng 2007, doi:10.1007/s10994-007-5018-6. As scikit-learn's `_sigmoid_calibration`, whose signs
 * are the other way round.
 */
export function plattScaling(labels: ArrayLike<BinaryLabel>, scores: ArrayLike<number>): PlattRecalibration {
  const { labels: classes, scores: finite, negatives, positives } = checkBinaryScores(labels, scores);
  const targets = Float64Array.from(classes, (label) => (label === 1 ? (positives + 1) / (positives + 2) : 1 / (negatives + 2)));
  const mean = finite.reduce((sum, score) => sum + score / finite.length, 0);
  const deviation = Math.sqrt(finite.reduce((sum, score) => sum + (score - mean) ** 2 / finite.length, 0));
  if (finite.every((score) => score === finite[0])) {
    return { kind: 'platt', slope: 0, intercept: logit(targets.reduce((sum, target) => sum + target, 0) / targets.length) };
  }
  const ones = finite.map(() => 1);
  const [height, rise] = logisticRegression([ones, finite.map((score) => (score - mean) / deviation)], targets).coefficients as [
    number,
    number,
  ];
  return { kind: 'platt', slope: rise / deviation, intercept: height - (rise * mean) / deviation };
}
