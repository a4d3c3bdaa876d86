import type { Pruner } from '../pruner.js';
import { checkOption } from '../checkOption.js';
import { type CheckpointConfig, checkpoints } from './checkpoints.js';

/** The bounds of {@link thresholdPruner}. */
export interface ThresholdConfig extends CheckpointConfig {
  /** The smallest value that is put up with; none by default. One of the two is needed. */
  readonly lower?: number;
  /** The largest value that is put up with; none by default. */
  readonly upper?: number;
}

/**
 * Ends a trial that reports a value out of bounds, or NaN.
 *
 * @throws `MgmtError` `tuning/bad-option`
 * @remarks Optuna's pruner of this name; the direction of the study does not matter.
 */
export function thresholdPruner(config: ThresholdConfig): Pruner {
  const { lower = -Infinity, upper = Infinity } = config;
  checkOption(config.lower !== undefined || config.upper !== undefined, 'lower', 'a bound, or else an upper one', 'neither');
  checkOption(lower <= upper, 'lower', `at most ${upper}`, lower);
  const isDue = checkpoints(config);
  return ({ trial }) => ({
    prune: isDue(trial) && !(trial.intermediate.at(-1)!.value >= lower && trial.intermediate.at(-1)!.value <= upper),
  });
}
