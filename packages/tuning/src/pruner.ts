import type { Rng } from '@mgmt/core';
import type { Direction, TrialRecord } from './trialRecord.js';

/** What a pruner may look at. */
export interface PrunerContext {
  readonly direction: Direction;
  /** All other trials in the order of their numbers. */
  readonly trials: readonly TrialRecord[];
  /** The trial that has just reported; its last intermediate value is the newest. */
  readonly trial: TrialRecord;
  readonly studyName: string;
  readonly rng: Rng;
}

/** What a pruner says, with what it wants to remember of the trial. */
export interface PrunerVerdict {
  readonly prune: boolean;
  /** Kept with the trial (Optuna's system attributes): the rungs of successive halving. */
  readonly systemAttributes?: Readonly<Record<string, unknown>>;
}

/** A rule that ends trials which do not promise anything. It keeps no state. */
export interface Pruner {
  (context: PrunerContext): PrunerVerdict;
  /**
   * The ones among other trials that a trial is compared with, of which alone its sampler should learn: the bracket of Hyperband. All of them by default.
   */
  readonly competitors?: (trial: TrialRecord, trials: readonly TrialRecord[], studyName: string) => readonly TrialRecord[];
}
