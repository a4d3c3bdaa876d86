import type { TrialRecord } from '../trialRecord.js';
import { checkCount } from '../checkOption.js';

/** At which reports a pruner looks at a trial. */
export interface CheckpointConfig {
  /** The first step at which a trial may be ended. 0 by default. */
  readonly warmupSteps?: number;
  /**
   * Steps from one look to the next, counted from `warmupSteps`. Where nothing is reported at such a step, the next report is looked at. 1 by default.
   */
  readonly intervalSteps?: number;
}

/**
 * Whether the newest report is one to look at.
 *
 * @throws `MgmtError` `tuning/bad-option`, at once
 */
export function checkpoints({ warmupSteps = 0, intervalSteps = 1 }: CheckpointConfig): (trial: TrialRecord) => boolean {
  checkCount(warmupSteps, 'warmupSteps', 0);
  checkCount(intervalSteps, 'intervalSteps', 1);
  return ({ intermediate }) => {
    const step = intermediate.at(-1)?.step;
    if (step === undefined || step < warmupSteps) return false;
    const due = Math.floor((step - warmupSteps) / intervalSteps) * intervalSteps + warmupSteps;
    return (intermediate.at(-2)?.step ?? -1) < due;
  };
}
