import type { BinaryLabel } from '../checkBinaryScores.js';
import { checkForecasts } from './checkForecasts.js';

/**
 * Mean squared distance of the probabilities from the labels: calibration and discrimination in one number, which a prediction lowers only by being
 * honest.
 *
 * @param labels - `[n]`, 0 or 1; one class alone will do
 * @param probabilities - `[n]`, of class 1, in [0, 1]
 * @returns in [0, 1]; 0.25 is what 0.5 for every case scores, and `share (1 - share)` what the share of class 1 for every case does
 * @throws `MgmtError` as {@link logLoss}
 * @remarks Brier 1950, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2, in today's halved form; as scikit-learn's `brier_score_loss`.
 * @example
 * brierScore([0, 1], [0.2, 0.6]); // 0.1
 */
export function brierScore(labels: ArrayLike<BinaryLabel>, probabilities: ArrayLike<number>): number {
  const checked = checkForecasts(labels, probabilities);
  return checked.scores.reduce((sum, p, i) => sum + (p - checked.labels[i]!) ** 2, 0) / checked.scores.length;
}
