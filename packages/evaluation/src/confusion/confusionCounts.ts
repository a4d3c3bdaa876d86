import { MgmtError } from '@mgmt/core';
import { checkLabeledScores, type BinaryLabel } from '../checkBinaryScores.js';
import { checkCount, checkOption } from '../checkValues.js';

/** The four ways in which a call and the truth can meet, counted. */
export interface ConfusionCounts {
  /** Class 1, called so. */
  readonly truePositives: number;
  /** Class 0, called 1. */
  readonly falsePositives: number;
  /** Class 0, called so. */
  readonly trueNegatives: number;
  /** Class 1, called 0. */
  readonly falseNegatives: number;
}

/**
 * Counts right and wrong calls, where class 1 is called from a threshold on.
 *
 * @param labels - `[n]`, 0 or 1; one class alone will do
 * @param scores - `[n]`, finite, larger speaks for class 1
 * @param threshold - 0.5 by default, that of a probability; a score equal to it is called class 1. May be infinite: all cases are called alike
 * @throws `MgmtError` `evaluation/length-mismatch`, `evaluation/empty`, `evaluation/not-finite`, `evaluation/bad-label`, `evaluation/bad-option`
 * @example
 * confusionCounts([0, 0, 1, 1], [0.1, 0.6, 0.4, 0.5]); // { truePositives: 1, falsePositives: 1, trueNegatives: 1, falseNegatives: 1 }
 */
export function confusionCounts(labels: ArrayLike<BinaryLabel>, scores: ArrayLike<number>, threshold = 0.5): ConfusionCounts {
  checkOption(!Number.isNaN(threshold), 'threshold', 'a number', threshold);
  const checked = checkLabeledScores(labels, scores);
  let truePositives = 0;
  let falsePositives = 0;
  for (let i = 0; i < checked.scores.length; i++) {
    if (checked.scores[i]! < threshold) continue;
    if (checked.labels[i] === 1) truePositives++;
    else falsePositives++;
  }
  return {
    truePositives,
    falsePositives,
    trueNegatives: checked.negatives - falsePositives,
    falseNegatives: checked.positives - truePositives,
  };
}

/** Counts from elsewhere: whole, none below 0, not all 0. Throws `MgmtError` `evaluation/bad-option`, `evaluation/empty`. */
export function checkConfusion(counts: ConfusionCounts): ConfusionCounts {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = counts;
  for (const [name, count] of Object.entries({ truePositives, falsePositives, trueNegatives, falseNegatives })) checkCount(count, name, 0);
  if (truePositives + falsePositives + trueNegatives + falseNegatives === 0)
    throw new MgmtError('there are no cases', { code: 'evaluation/empty', expected: 'at least one' });
  return counts;
}
