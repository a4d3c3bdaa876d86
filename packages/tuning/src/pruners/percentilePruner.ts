import type { Pruner } from '../pruner.js';
import { checkCount, checkOption } from '../checkOption.js';
import { type CheckpointConfig, checkpoints } from './checkpoints.js';

/** When {@link percentilePruner} and {@link medianPruner} look. */
export interface PercentilePrunerConfig extends CheckpointConfig {
  /** Complete trials that there must be before any trial is ended. 5 by default. */
  readonly startupTrials?: number;
  /** Complete trials that must have reported at the step in question. 1 by default. */
  readonly minTrials?: number;
}

/**
 * Ends a trial whose best report so far is worse than the given percentile of what complete trials reported at the same step, or which has reported
 * nothing but NaN.
 *
 * @param percentile - from 0 to 100: so many of the trials are let through; 25 keeps the best quarter
 * @throws `MgmtError` `tuning/bad-option`
 * @remarks Optuna's pruner of this name. Percentiles are interpolated linearly without regard to NaN; next to infinities, where NumPy gives NaN and so
 * nothing is ended, ours is the limit.
 */
export function percentilePruner(percentile: number, config: PercentilePrunerConfig = {}): Pruner {
  const { startupTrials = 5, minTrials = 1 } = config;
  checkOption(percentile >= 0 && percentile <= 100, 'percentile', 'from 0 to 100', percentile);
  checkCount(startupTrials, 'startupTrials', 0);
  checkCount(minTrials, 'minTrials', 1);
  const isDue = checkpoints(config);

  return ({ direction, trials, trial }) => {
    const complete = trials.filter(({ state }) => state === 'complete');
    if (complete.length === 0 || complete.length < startupTrials || !isDue(trial)) return { prune: false };
    const cost = (value: number) => (direction === 'minimize' ? value : -value);
    const best = trial.intermediate.reduce((least, { value }) => (cost(value) < least || Number.isNaN(least) ? cost(value) : least), NaN);
    if (Number.isNaN(best)) return { prune: true };
    const { step } = trial.intermediate.at(-1)!;
    const reported = complete.flatMap(({ intermediate }) => intermediate.find((report) => report.step === step)?.value ?? []);
    if (reported.length < minTrials) return { prune: false };
    const bound = linearPercentile(
      reported.map(cost).filter((value) => !Number.isNaN(value)),
      percentile,
    );
    return { prune: best > bound }; // false where the bound is NaN
  };
}

/** NaN of nothing. */
function linearPercentile(values: number[], percentile: number): number {
  const rising = values.sort((a, b) => a - b);
  const place = ((rising.length - 1) * percentile) / 100;
  const low = rising[Math.floor(place)] ?? NaN;
  const high = rising[Math.ceil(place)] ?? NaN;
  return low === high ? low : low + (high - low) * (place - Math.floor(place));
}
