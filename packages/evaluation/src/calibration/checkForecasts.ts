import { MgmtError } from '@mgmt/core';
import { checkBinaryScores, checkLabeledScores, type BinaryLabel, type BinaryScores } from '../checkBinaryScores.js';
import { checkProbabilities } from '../checkValues.js';
import { logit } from '../logistic.js';

/**
 * Labels and probabilities of class 1 through the door; one class alone will do. Throws `MgmtError` as `checkLabeledScores` and `checkProbabilities`.
 */
export function checkForecasts(labels: ArrayLike<BinaryLabel>, probabilities: ArrayLike<number>): BinaryScores {
  const checked = checkLabeledScores(labels, probabilities);
  checkProbabilities(probabilities);
  return checked;
}

/** Both classes, and the probabilities as log odds. Throws also `evaluation/one-class`, and `evaluation/certain` for a probability of 0 or 1. */
export function checkLogits(labels: ArrayLike<BinaryLabel>, probabilities: ArrayLike<number>): BinaryScores {
  checkForecasts(labels, probabilities);
  const checked = checkBinaryScores(labels, probabilities);
  const certain = checked.scores.findIndex((p) => p === 0 || p === 1);
  if (certain >= 0) {
    throw new MgmtError(`a probability of 0 or 1 has infinite log odds, index ${certain} is one`, {
      code: 'evaluation/certain',
      expected: 'between 0 and 1, both excluded',
      found: String(checked.scores[certain]),
      hint: 'probabilities computed in float32 reach 1 from log odds of 17 on: compute them from the log odds in float64, or move them from the ends',
    });
  }
  return { ...checked, scores: checked.scores.map(logit) };
}

/** A slope needs scores that differ. Throws `MgmtError` `evaluation/no-spread`. */
export function checkSpread(scores: Float64Array): void {
  if (scores.some((score) => score !== scores[0])) return;
  throw new MgmtError('equal scores have no slope', {
    code: 'evaluation/no-spread',
    expected: 'scores that differ',
    found: `${scores.length} times ${scores[0]}`,
  });
}

/**
 * Where a threshold tells the classes apart, or all but cases that lie on it, the likelihood of a slope rises for ever. Throws `MgmtError`
 * `evaluation/separable`.
 */
export function checkOverlap({ labels, scores }: BinaryScores): void {
  const zero = range(scores.filter((_, i) => labels[i] === 0));
  const one = range(scores.filter((_, i) => labels[i] === 1));
  if (zero.high > one.low && one.high > zero.low) return;
  throw new MgmtError('a threshold tells the classes apart: there is no steepest slope', {
    code: 'evaluation/separable',
    expected: 'classes whose scores overlap',
    found: `class 0 from ${zero.low} to ${zero.high}, class 1 from ${one.low} to ${one.high}`,
    hint: 'plattScaling has a finite answer here',
  });
}

const range = (scores: Float64Array) => ({
  low: scores.reduce((least, score) => Math.min(least, score), Infinity),
  high: scores.reduce((most, score) => Math.max(most, score), -Infinity),
});
