import { performance } from 'node:perf_hooks';
import type { Study } from './study.js';
import type { Trial } from './trial.js';
import { isTrialPruned } from './trialPruned.js';
import type { TrialRecord } from './trialRecord.js';

/**
 * What is to be made small or large: asks the trial for parameters and gives their value. Throws `TrialPruned` to leave early. What takes long listens to
 * the signal, and throws its reason when the search is to stop.
 */
export type Objective = (trial: Trial, context: { readonly signal: AbortSignal }) => number | Promise<number>;

/** How long a search goes on, and what it tells. */
export interface OptimizeOptions {
  /**
   * How many trials the study shall have, those of earlier calls and of other processes included: a search that was interrupted goes on by the same
   * call. Complete, pruned and failed ones count; those whose process ended before them do not. Without it until the time is up, the sampler has
   * nothing left, or the signal comes.
   */
  readonly trials?: number;
  /** After it no trial begins. */
  readonly timeoutMs?: number;
  /** Once aborted no trial begins, and the objective is told. What it then throws makes no error: the trial is kept as interrupted. */
  readonly signal?: AbortSignal;
  /** Told each trial when it has ended. */
  readonly onTrial?: (trial: TrialRecord) => void | Promise<void>;
  /** Whether the search goes on after a trial has failed. By default the error is thrown, when the trial is written down as failed. */
  readonly catchErrors?: boolean;
}

/**
 * Runs trials one after the other.
 *
 * @throws what the objective throws, unless `catchErrors`, and what `Study` throws
 * @example
 * await optimize(study, (trial) => (trial.suggestFloat('x', -10, 10) - 2) ** 2, { trials: 100 });
 */
export async function optimize(
  study: Study,
  objective: Objective,
  { trials = Infinity, timeoutMs = Infinity, signal = NEVER, onTrial, catchErrors = false }: OptimizeOptions = {},
): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!signal.aborted && performance.now() < end) {
    const trial = await study.beginWithin(trials);
    if (!trial) return;
    const { record, error } = await runTrial(study, trial, objective, signal);
    await onTrial?.(record);
    if (error !== undefined && !catchErrors) throw error;
  }
}

async function runTrial(
  study: Study,
  trial: Trial,
  objective: Objective,
  signal: AbortSignal,
): Promise<{ record: TrialRecord; error?: unknown }> {
  let value: number;
  try {
    value = await objective(trial, { signal });
  } catch (error) {
    if (isTrialPruned(error)) return { record: await study.tell(trial, { state: 'pruned' }) };
    if (signal.aborted) return { record: await study.interrupt(trial, 'the search was stopped') };
    return { record: await study.tell(trial, { state: 'failed', error }), error };
  }
  if (typeof value !== 'number')
    return { record: await study.tell(trial, { state: 'failed', error: `the value is no number: ${String(value)}` }) };
  return { record: await study.tell(trial, value) };
}

const NEVER = new AbortController().signal;
