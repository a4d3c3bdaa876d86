import { MgmtError } from '@mgmt/core';
import { readPythonJson, writePythonFloat, writePythonJson } from './pythonJson.js';

/** The operations of Optuna's journal by its numbers (`JournalOperation` in optuna/storages/journal/_storage.py). */
export const OPERATION = {
  createStudy: 0,
  deleteStudy: 1,
  setStudyUserAttribute: 2,
  setStudySystemAttribute: 3,
  createTrial: 4,
  setTrialParam: 5,
  setTrialState: 6,
  setTrialIntermediateValue: 7,
  setTrialUserAttribute: 8,
  setTrialSystemAttribute: 9,
  discardTrials: 10,
} as const;

/** Optuna's numbers of a trial's states. */
export const STATE_NUMBER = { running: 0, complete: 1, pruned: 2, failed: 3, waiting: 4 } as const;

type Attributes = Readonly<Record<string, unknown>>;

/** A line of a journal, without who wrote it. Names and meanings are Optuna's; a time is of ISO 8601, a distribution JSON within the JSON. */
export type Operation =
  | { readonly op_code: 0; readonly study_name: string; readonly directions: readonly number[] }
  | { readonly op_code: 1; readonly study_id: number }
  | { readonly op_code: 2; readonly study_id: number; readonly user_attr: Attributes }
  | { readonly op_code: 3; readonly study_id: number; readonly system_attr: Attributes }
  | CreateTrial
  | {
      readonly op_code: 5;
      readonly trial_id: number;
      readonly param_name: string;
      readonly param_value_internal: number;
      readonly distribution: string;
    }
  | SetTrialState
  | { readonly op_code: 7; readonly trial_id: number; readonly step: number; readonly intermediate_value: number }
  | { readonly op_code: 8; readonly trial_id: number; readonly user_attr: Attributes }
  | { readonly op_code: 9; readonly trial_id: number; readonly system_attr: Attributes }
  | { readonly op_code: 10 };

/** The operation that begins a trial, or that adds one with what is known of it. */
export interface CreateTrial {
  readonly op_code: 4;
  readonly study_id: number;
  readonly datetime_start: string | null;
  readonly datetime_complete?: string;
  readonly state?: number;
  readonly value?: number | null;
  readonly values?: readonly number[] | null;
  readonly distributions?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, number>>;
  readonly user_attrs?: Attributes;
  readonly system_attrs?: Attributes;
  readonly intermediate_values?: Readonly<Record<string, number>>;
}

/** The operation that takes a waiting trial, or ends one. */
export interface SetTrialState {
  readonly op_code: 6;
  readonly trial_id: number;
  readonly state: number;
  readonly values: readonly number[] | null;
  readonly datetime_start?: string;
  readonly datetime_complete?: string;
}

/** An operation and the process that wrote it. */
export type JournalRecord = Operation & { readonly worker_id: string };

/** The line of a record, with its end. */
export function encodeRecord(record: JournalRecord): string {
  const members = Object.entries(record).filter(([, value]) => value !== undefined);
  return `{${members.map(([key, value]) => `"${key}":${encodeMember(key, value)}`).join(',')}}\n`;
}

/**
 * The record of a line.
 *
 * @param where - of the line, for the message
 * @returns nothing where it is no JSON: the line is torn or damaged
 * @throws `MgmtError` `tuning/unknown-operation`, `tuning/damaged-journal` where a member is missing or of another type
 */
export function decodeRecord(line: string, where: string): JournalRecord | undefined {
  let record: unknown;
  try {
    record = readPythonJson(line);
  } catch {
    return undefined;
  }
  const members = typeof record === 'object' && record !== null ? (record as Readonly<Record<string, unknown>>) : {};
  const code = members['op_code'];
  if (!isOperation(code)) {
    throw new MgmtError('the journal holds an operation that is not known', {
      code: 'tuning/unknown-operation',
      where,
      expected: `op_code 0 to ${Object.keys(MEMBERS).length - 1}`,
      found: String(code),
      hint: 'it was written by something newer than Optuna 5.0, or is no journal of Optuna',
    });
  }
  for (const [name, type] of Object.entries({ worker_id: 'string', ...MEMBERS[code] })) {
    if (typeof members[name] === type) continue;
    throw new MgmtError(`the record has no proper "${name}"`, {
      code: 'tuning/damaged-journal',
      where,
      expected: type,
      found: typeof members[name],
    });
  }
  return members as unknown as JournalRecord;
}

/** A record as who reads it gets it: plain data of its own. */
export function asWritten(record: JournalRecord): JournalRecord {
  return decodeRecord(encodeRecord(record), 'a new record')!;
}

function isOperation(code: unknown): code is keyof typeof MEMBERS {
  return typeof code === 'number' && Object.hasOwn(MEMBERS, code);
}

function encodeMember(key: string, value: unknown): string {
  if (key === 'values' && Array.isArray(value)) return `[${value.map((item: number) => writePythonFloat(item)).join(',')}]`;
  return FLOATS.has(key) ? writePythonFloat(value as number) : writePythonJson(value);
}

const FLOATS: ReadonlySet<string> = new Set(['param_value_internal', 'intermediate_value']);

/** What a record must have to be applied. */
const MEMBERS = {
  0: { study_name: 'string', directions: 'object' },
  1: { study_id: 'number' },
  2: { study_id: 'number', user_attr: 'object' },
  3: { study_id: 'number', system_attr: 'object' },
  4: { study_id: 'number' },
  5: { trial_id: 'number', param_name: 'string', param_value_internal: 'number', distribution: 'string' },
  6: { trial_id: 'number', state: 'number' },
  7: { trial_id: 'number', step: 'number', intermediate_value: 'number' },
  8: { trial_id: 'number', user_attr: 'object' },
  9: { trial_id: 'number', system_attr: 'object' },
  10: {},
} as const satisfies Record<Operation['op_code'], Readonly<Record<string, 'string' | 'number' | 'object'>>>;
