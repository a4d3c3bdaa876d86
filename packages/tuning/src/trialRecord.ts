import type { Params, SearchSpace } from './distribution.js';

/** Where a trial stands; Optuna's states of the same names (`failed` is its FAIL). */
export type TrialState = 'waiting' | 'running' | 'complete' | 'pruned' | 'failed';

/** Whether small or large values are good. */
export type Direction = 'minimize' | 'maximize';

/** What is known of one trial: plain data. */
export interface TrialRecord {
  /** From 0, in the order in which the trials were asked for. */
  readonly number: number;
  readonly state: TrialState;
  /** What was suggested so far; a conditional search has other names in other trials. */
  readonly params: Params;
  /** What each of `params` was drawn from. */
  readonly distributions: SearchSpace;
  /** The objective, where the trial is complete; where it was pruned, its last intermediate value if there is one. */
  readonly value?: number;
  /** Reported values by step, in the order of the steps. Infinities and NaN are possible. */
  readonly intermediate: readonly { readonly step: number; readonly value: number }[];
  /** Why it failed. */
  readonly error?: string;
  /** The caller's notes. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The samplers' and pruners' notes, which travel with the study (Optuna's system attributes). */
  readonly systemAttributes: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970. */
  readonly startedAt?: number;
  readonly finishedAt?: number;
}
