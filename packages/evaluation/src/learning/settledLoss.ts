import { checkCount, checkFinite, checkOption } from '../checkValues.js';
import { lateMean } from './checkHistory.js';

/** When a loss is taken to have settled. */
export interface SettledLossOptions {
  /** Last epochs over which the level is averaged. 3 by default. */
  readonly window?: number;
  /** Nats around the level within which the curve must stay. 0.02 by default. */
  readonly tolerance?: number;
}

/** What the eye reads from a training curve. */
export interface SettledLoss {
  /** Loss of the first epoch. */
  readonly initial: number;
  /** Mean of the last epochs. */
  readonly level: number;
  /** First epoch from which on the curve stays around its level, counted from 1; NaN where its last epoch does not, so that it has not settled. */
  readonly settledAt: number;
}

/**
 * A training curve (Saeed et al. 2022, Figure 4) in three numbers: the loss is high at first, and saturates. Compare the level with
 * `guessingLoss(share, 0.5)`, ln 2: their Equation 1, which is {@link logLoss}, solved for a model that gives every case 0.5.
 *
 * @param losses - `[epochs]`, finite
 * @param options - window and tolerance
 * @throws `MgmtError` `evaluation/empty`, `evaluation/not-finite`, `evaluation/bad-option`
 * @example
 * settledLoss(epochs.map((epoch) => epoch.trainLoss)); // { initial: 0.92, level: 0.696, settledAt: 6 }
 */
export function settledLoss(losses: ArrayLike<number>, { window = 3, tolerance = 0.02 }: SettledLossOptions = {}): SettledLoss {
  checkCount(window, 'window');
  checkOption(tolerance > 0, 'tolerance', 'above 0', tolerance);
  const checked = Array.from(checkFinite(losses, 'losses'));
  const level = lateMean(checked, window);
  const lastOutside = checked.findLastIndex((loss) => Math.abs(loss - level) > tolerance);
  return { initial: checked[0]!, level, settledAt: lastOutside === checked.length - 1 ? NaN : lastOutside + 2 };
}
