import { checkCount, checkOption } from '../checkValues.js';
import { checkHistory, lateMean, type EpochLosses } from './checkHistory.js';

/** Where the verdict turns. */
export interface OverfitOptions {
  /** Nats by which the validation loss lies above the training loss at the end. 0.1 by default. */
  readonly gap?: number;
  /** Nats by which the validation loss has risen from its lowest. 0.02 by default. */
  readonly rise?: number;
  /** Epochs over which losses are averaged before they are compared. 3 by default. */
  readonly window?: number;
}

/** Whether a training learned its own cases at the others' expense, and the numbers behind it. */
export interface OverfitVerdict {
  readonly verdict: 'overfits' | 'does not overfit';
  /** Late validation loss less late training loss. */
  readonly gap: number;
  /** Late validation loss less the lowest mean over so many epochs in a row. */
  readonly rise: number;
  /** The last epoch of that lowest mean, counted from 1: where to have stopped. */
  readonly bestEpoch: number;
}

/**
 * Overfits: at the end, over `window` epochs, the validation loss is above the training loss by more than `gap`, and above its own lowest by more
 * than `rise`. Both are asked for: a gap alone is any model's on cases that it has seen, a rise alone is noise or a learning rate too high.
 *
 * The training loss of an epoch is measured before its steps and with augmentation and dropout on, the validation loss after them and with both off;
 * so the gap is read as too small rather than too large.
 *
 * @param history - `[epochs]`, with validation losses
 * @param options - where the verdict turns
 * @throws `MgmtError` `evaluation/empty`, `evaluation/not-finite` with the epoch, also where one has no validation loss; `evaluation/bad-option`
 * @example
 * overfits(epochs); // { verdict: 'overfits', gap: 0.83, rise: 0.41, bestEpoch: 4 }
 */
export function overfits(
  history: readonly EpochLosses[],
  { gap: mostGap = 0.1, rise: mostRise = 0.02, window = 3 }: OverfitOptions = {},
): OverfitVerdict {
  checkOption(mostGap >= 0, 'gap', '0 or more nats', mostGap);
  checkOption(mostRise >= 0, 'rise', '0 or more nats', mostRise);
  checkCount(window, 'window');
  const validation = checkHistory(history, 'validationLoss');
  const gap = lateMean(validation, window) - lateMean(checkHistory(history, 'trainLoss'), window);
  const first = Math.min(window, validation.length);
  const means = validation.slice(first - 1).map((_, i) => lateMean(validation.slice(0, first + i), window));
  const lowest = Math.min(...means);
  const rise = means.at(-1)! - lowest;
  return {
    verdict: gap > mostGap && rise > mostRise ? 'overfits' : 'does not overfit',
    gap,
    rise,
    bestEpoch: first + means.indexOf(lowest),
  };
}
