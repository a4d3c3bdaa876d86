import type { Params } from './distribution.js';
import { type Operation, OPERATION, STATE_NUMBER } from './journal/operations.js';
import { ERROR_ATTRIBUTE, INTERRUPTED_ATTRIBUTE, QUEUED_PARAMS, type TrialEntry } from './journal/replay.js';
import { hasEnded } from './journal/workerId.js';

/** How a trial ended: its value, or why there is none. */
export type TrialOutcome = number | { readonly state: 'pruned' } | { readonly state: 'failed'; readonly error?: unknown };

/** What ends a running trial. A pruned one keeps its last report as its value; NaN is no value, so that trial has failed. */
export function endOperations({ id, record }: TrialEntry, outcome: TrialOutcome): readonly Operation[] {
  if (typeof outcome === 'number') {
    return Number.isNaN(outcome) ? failed(id, 'the value is NaN') : [ended(id, STATE_NUMBER.complete, outcome)];
  }
  if (outcome.state === 'failed') return failed(id, sentenceOf(outcome.error));
  const last = record.intermediate.at(-1)?.value;
  return [ended(id, STATE_NUMBER.pruned, last === undefined || Number.isNaN(last) ? undefined : last)];
}

/** What ends a trial whose objective did not come to an end of its own: it is not counted among those that were tried. */
export function interruptOperations({ id }: TrialEntry, sentence: string): readonly Operation[] {
  return [
    { op_code: OPERATION.setTrialSystemAttribute, trial_id: id, system_attr: { [INTERRUPTED_ATTRIBUTE]: true } },
    ...failed(id, sentence),
  ];
}

/** What ends the trials that run in processes which are known to have ended. */
export function sweepOperations(entries: readonly TrialEntry[]): readonly Operation[] {
  return entries.filter(isAbandoned).flatMap((entry) => interruptOperations(entry, 'its process ended'));
}

/** How many trials were tried or are being tried. */
export function countTried(entries: readonly TrialEntry[]): number {
  return entries.filter((entry) => isTried(entry) && !isAbandoned(entry)).length;
}

/** What begins a trial now. */
export function beginOperation(studyId: number): Operation {
  return { op_code: OPERATION.createTrial, study_id: studyId, datetime_start: now() };
}

/** What takes a waiting trial now. */
export function takeOperation({ id }: TrialEntry): Operation {
  return { op_code: OPERATION.setTrialState, trial_id: id, state: STATE_NUMBER.running, values: null, datetime_start: now() };
}

/** What queues a trial, as Optuna's `enqueue_trial`. */
export function queueOperation(studyId: number, params: Params, attributes: Readonly<Record<string, unknown>>): Operation {
  return {
    op_code: OPERATION.createTrial,
    study_id: studyId,
    datetime_start: null,
    state: STATE_NUMBER.waiting,
    value: null,
    values: null,
    distributions: {},
    params: {},
    user_attrs: attributes,
    system_attrs: { [QUEUED_PARAMS]: params },
    intermediate_values: {},
  };
}

function isAbandoned({ record, worker }: TrialEntry): boolean {
  return record.state === 'running' && hasEnded(worker);
}

function isTried({ record: { state, systemAttributes } }: TrialEntry): boolean {
  return state !== 'waiting' && systemAttributes[INTERRUPTED_ATTRIBUTE] !== true;
}

function failed(id: number, sentence: string): readonly Operation[] {
  return [
    { op_code: OPERATION.setTrialSystemAttribute, trial_id: id, system_attr: { [ERROR_ATTRIBUTE]: sentence } },
    ended(id, STATE_NUMBER.failed),
  ];
}

function ended(id: number, state: number, value?: number): Operation {
  return { op_code: OPERATION.setTrialState, trial_id: id, state, values: value === undefined ? null : [value], datetime_complete: now() };
}

function sentenceOf(error: unknown): string {
  if (error === undefined) return 'failed';
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** In UTC, with the microseconds that Python's `datetime` has. */
function now(): string {
  return new Date().toISOString().replace('Z', '000+00:00');
}
