import { checkLabeledScores, type BinaryLabel } from './checkBinaryScores.js';
import { checkProbabilities } from './checkValues.js';

/**
 * Mean binary cross entropy, in nats: what a network of one logit is trained to lower.
 *
 * @param labels - `[n]`, 0 or 1; one class alone will do
 * @param probabilities - `[n]`, of class 1, in [0, 1]; moved to 2^-52 from the ends, so that one case missed with certainty costs 36 and not everything
 * @returns 0 or more; {@link guessingLoss} is what knowing nothing costs
 * @throws `MgmtError` `evaluation/length-mismatch`, `evaluation/empty`, `evaluation/not-finite`, `evaluation/bad-label`, `evaluation/not-a-probability`
 * @remarks As scikit-learn's `log_loss`.
 * @example
 * logLoss([0, 1], [0.5, 0.5]); // 0.693147, ln 2
 */
export function logLoss(labels: ArrayLike<BinaryLabel>, probabilities: ArrayLike<number>): number {
  const checked = checkLabeledScores(labels, probabilities);
  checkProbabilities(probabilities);
  const total = checked.scores.reduce((sum, p, i) => sum - Math.log(clip(checked.labels[i] === 1 ? p : 1 - p)), 0);
  return total / checked.scores.length;
}

const clip = (p: number) => Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, p));
