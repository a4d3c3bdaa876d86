import { checkLabeledScores, type BinaryLabel } from './checkBinaryScores.js';
import { checkOption } from './checkValues.js';

/**
 * Share of cases on the right side of a threshold, where class 1 is called from the threshold on.
 *
 * @param labels - `[n]`, 0 or 1; one class alone will do
 * @param scores - `[n]`, finite, larger speaks for class 1
 * @param threshold - 0.5 by default, that of a probability; a score equal to it is called class 1. May be infinite: all cases are called alike
 * @returns in [0, 1]; compare with the share of the larger class, which calling all cases alike reaches
 * @throws `MgmtError` `evaluation/length-mismatch`, `evaluation/empty`, `evaluation/not-finite`, `evaluation/bad-label`, `evaluation/bad-option`
 * @example
 * accuracyAt([0, 0, 1, 1], [0.1, 0.6, 0.4, 0.5]); // 0.5
 */
export function accuracyAt(labels: ArrayLike<BinaryLabel>, scores: ArrayLike<number>, threshold = 0.5): number {
  checkOption(!Number.isNaN(threshold), 'threshold', 'a number', threshold);
  const checked = checkLabeledScores(labels, scores);
  let right = 0;
  for (let i = 0; i < checked.scores.length; i++) right += Number(checked.scores[i]! >= threshold) === checked.labels[i] ? 1 : 0;
  return right / checked.scores.length;
}
