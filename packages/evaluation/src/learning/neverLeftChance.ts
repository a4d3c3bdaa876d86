import { checkCount, checkOption } from '../checkValues.js';
import { guessingLoss } from '../guessingLoss.js';
import { checkHistory, lateMean, type EpochLosses } from './checkHistory.js';

/** Where the verdict turns. */
export interface ChanceOptions {
  /**
   * Nats that the loss must come below that of guessing. 0.01 by default: what the best model with an AUC of 0.58 gains, where both classes' scores
   * are normal and equally wide.
   */
  readonly margin?: number;
  /** Last epochs over which the loss is averaged. 3 by default. */
  readonly window?: number;
}

/** Whether a training learned anything, and the numbers behind it. */
export interface ChanceVerdict {
  readonly verdict: 'never left chance' | 'left chance';
  /** Mean training loss of the last epochs. */
  readonly lateLoss: number;
  /** Loss of giving every case the share of class 1. */
  readonly guessing: number;
  /** `guessing - lateLoss`: what was learned, in nats. */
  readonly gain: number;
}

/**
 * The reading of a loss curve by Saeed et al. 2022 (Figure 4) as a rule: a training whose loss settles at that of guessing has not even learned its
 * training cases by heart.
 *
 * Never left chance: the mean training loss of the last `window` epochs is above `guessingLoss(share) - margin`.
 *
 * It tells nothing about other cases: see {@link overfits}. A loss with weights for the classes, label smoothing or penalties added has another line
 * of guessing and must not be put in.
 *
 * @param history - `[epochs]`, cross entropy in nats
 * @param share - of class 1 among the training cases, in [0, 1]
 * @param options - where the verdict turns
 * @throws `MgmtError` `evaluation/empty`, `evaluation/not-finite` with the epoch, `evaluation/bad-option`
 * @example
 * neverLeftChance(epochs, 246 / 468); // { verdict: 'never left chance', lateLoss: 0.697, guessing: 0.692, gain: -0.005 }
 */
export function neverLeftChance(
  history: readonly EpochLosses[],
  share: number,
  { margin = 0.01, window = 3 }: ChanceOptions = {},
): ChanceVerdict {
  checkOption(margin >= 0, 'margin', '0 or more nats', margin);
  checkCount(window, 'window');
  const lateLoss = lateMean(checkHistory(history, 'trainLoss'), window);
  const guessing = guessingLoss(share);
  return { verdict: lateLoss > guessing - margin ? 'never left chance' : 'left chance', lateLoss, guessing, gain: guessing - lateLoss };
}
