import type { BinaryLabel } from '../checkBinaryScores.js';
import { normalTail } from '../normal.js';
import { checkForecasts } from './checkForecasts.js';

/** A test statistic that is normal where all is well, and how often chance carries it as far. */
export interface ZTest {
  readonly z: number;
  /** Two-sided. */
  readonly p: number;
}

/**
 * Spiegelhalter's test of "every probability is right": whether the Brier score is what these probabilities promise, neither worse (z above 0: too
 * sure of themselves) nor better (below: not sure enough).
 *
 * It sees too much or too little confidence, and nothing else: probabilities of 0.5 promise nothing that could be broken, and give z = 0 and p = 1
 * whatever the labels; probabilities of 0 and 1 alone give an infinite z as soon as one is wrong.
 *
 * @param labels - `[n]`, 0 or 1; one class alone will do
 * @param probabilities - `[n]`, of class 1, in [0, 1]
 * @throws `MgmtError` as {@link logLoss}
 * @remarks Spiegelhalter 1986, doi:10.1002/sim.4780050506. By the normal approximation; for its size at 117 cases see docs/statistics.md.
 */
export function spiegelhalterTest(labels: ArrayLike<BinaryLabel>, probabilities: ArrayLike<number>): ZTest {
  const checked = checkForecasts(labels, probabilities);
  let [away, variance] = [0, 0];
  checked.scores.forEach((p, i) => {
    away += (checked.labels[i]! - p) * (1 - 2 * p);
    variance += (1 - 2 * p) ** 2 * p * (1 - p);
  });
  const z = away === 0 ? 0 : away / Math.sqrt(variance);
  return { z, p: Math.min(1, 2 * normalTail(Math.abs(z))) };
}
