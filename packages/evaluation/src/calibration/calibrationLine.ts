import type { BinaryLabel } from '../checkBinaryScores.js';
import { checkLevel } from '../checkValues.js';
import type { IntervalOptions } from '../delongInterval.js';
import { logLikelihood } from '../logistic.js';
import { normalQuantile } from '../normal.js';
import { checkLogits, checkOverlap, checkSpread } from './checkForecasts.js';
import { logisticRegression } from './logisticRegression.js';

/** A number that was estimated, and where its true value lies. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
}

/** The log odds that labels follow, as a line over the log odds that were given: `intercept + slope x`. Calibrated: 0 and 1. */
export interface CalibrationLine {
  /** 1: as sure as it should be. Below: too sure, as overfitted models are. 0: the predictions have nothing to do with the labels. */
  readonly slope: Estimate;
  /** Of the line. Hard to read while the slope is not 1; then see `inTheLarge`. */
  readonly intercept: Estimate;
  /** The intercept with the slope held at 1, calibration-in-the-large: above 0, class 1 is more common than was said. */
  readonly inTheLarge: Estimate;
  /** Twice the log likelihood that the line gains over intercept 0 and slope 1. */
  readonly likelihoodRatio: number;
  /** How often chance gains as much where every probability is right: chi-squared with two degrees of freedom. */
  readonly p: number;
}

/**
 * Cox's calibration line: logistic regression of the labels on the log odds of the predictions.
 *
 * @param labels - `[n]`, 0 or 1, both present
 * @param probabilities - `[n]`, of class 1, between 0 and 1, both excluded
 * @param options - the level of the intervals, which are Wald's
 * @throws `MgmtError` as {@link rocAuc}; `evaluation/not-a-probability`; `evaluation/certain` for a probability of 0 or 1; `evaluation/no-spread` for
 * equal probabilities; `evaluation/separable` where a threshold tells the classes apart, all but cases that lie on it: the likelihood then has no
 * maximum
 * @remarks Cox 1958, doi:10.1093/biomet/45.3-4.562; Steyerberg et al. 2010, doi:10.1097/EDE.0b013e3181c30fb2.
 * @example
 * calibrationLine(labels, probabilities).slope; // { value: 0.31, standardError: 0.22, low: -0.12, high: 0.74 }: far too sure
 */
export function calibrationLine(
  labels: ArrayLike<BinaryLabel>,
  probabilities: ArrayLike<number>,
  { level = 0.95 }: IntervalOptions = {},
): CalibrationLine {
  checkLevel(level);
  const checked = checkLogits(labels, probabilities);
  checkSpread(checked.scores);
  checkOverlap(checked);
  const { scores: logits } = checked;
  const ones = logits.map(() => 1);
  const line = logisticRegression([ones, logits], checked.labels);
  const large = logisticRegression([ones], checked.labels, logits);
  const asGiven = logits.reduce((sum, eta, i) => sum + logLikelihood(checked.labels[i]!, eta), 0);
  const likelihoodRatio = Math.max(0, 2 * (line.logLikelihood - asGiven));

  const z = normalQuantile((1 + level) / 2);
  const estimate = (value: number, variance: number): Estimate => {
    const standardError = Math.sqrt(variance);
    return { value, standardError, low: value - z * standardError, high: value + z * standardError };
  };
  return {
    slope: estimate(line.coefficients[1]!, line.covariance[1]![1]!),
    intercept: estimate(line.coefficients[0]!, line.covariance[0]![0]!),
    inTheLarge: estimate(large.coefficients[0]!, large.covariance[0]![0]!),
    likelihoodRatio,
    p: Math.exp(-likelihoodRatio / 2),
  };
}
