import { MgmtError } from '@mgmt/core';
import type { Distribution, ParamValue } from '../distribution.js';
import type { TrialRecord, TrialState } from '../trialRecord.js';
import { isCompatible } from './checkCompatible.js';
import { distributionFromJson, fromInternal } from './distributionJson.js';
import { type CreateTrial, type JournalRecord, OPERATION, type SetTrialState, STATE_NUMBER } from './operations.js';

/** A study as its journal tells it. */
export interface StudyState {
  readonly id: number;
  readonly name: string;
  /** Optuna's numbers: 1 for minimize, 2 for maximize. */
  readonly directions: readonly number[];
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly systemAttributes: Readonly<Record<string, unknown>>;
}

/** A trial of a study, and the process that runs it or ran it last. */
export interface TrialEntry {
  readonly id: number;
  readonly studyId: number;
  readonly worker: string;
  readonly record: TrialRecord;
}

/**
 * What the records of a journal come to, one after the other: the rules of Optuna's `JournalStorageReplayResult`, by which every process comes to the
 * same. A record that these rules do not allow (a second study of a name, a change of a finished trial) changes nothing.
 */
export class Replay {
  private readonly studies = new Map<number, StudyState>();
  private readonly entries: TrialEntry[] = []; // by id
  private readonly idsOf = new Map<number, number[]>(); // trials of each study, by number
  private nextStudyId = 0;

  /** The study of this name. */
  study(name: string): StudyState | undefined {
    return [...this.studies.values()].find((study) => study.name === name);
  }

  /** The study of this id. */
  studyOf(id: number): StudyState | undefined {
    return this.studies.get(id);
  }

  /** The trial of this id. */
  trial(id: number): TrialEntry | undefined {
    return this.entries[id];
  }

  /** The trials of a study in the order of their numbers. */
  trialsOf(studyId: number): readonly TrialEntry[] {
    return (this.idsOf.get(studyId) ?? []).map((id) => this.entries[id]!);
  }

  /** The id that the next trial to be created gets. */
  get nextTrialId(): number {
    return this.entries.length;
  }

  apply(record: JournalRecord): void {
    switch (record.op_code) {
      case OPERATION.createStudy:
        if (!this.study(record.study_name)) this.createStudy(record.study_name, record.directions);
        return;
      case OPERATION.deleteStudy:
        this.studies.delete(record.study_id);
        return;
      case OPERATION.setStudyUserAttribute:
        this.changeStudy(record.study_id, (study) => ({ attributes: { ...study.attributes, ...record.user_attr } }));
        return;
      case OPERATION.setStudySystemAttribute:
        this.changeStudy(record.study_id, (study) => ({ systemAttributes: { ...study.systemAttributes, ...record.system_attr } }));
        return;
      case OPERATION.createTrial:
        if (this.studies.has(record.study_id)) this.createTrial(record, record.worker_id);
        return;
      case OPERATION.setTrialParam:
        this.setParam(record.trial_id, record.param_name, record.param_value_internal, record.distribution);
        return;
      case OPERATION.setTrialState:
        this.setState(record, record.worker_id);
        return;
      case OPERATION.setTrialIntermediateValue:
        this.change(record.trial_id, ({ intermediate }) => ({
          intermediate: withStep(intermediate, record.step, record.intermediate_value),
        }));
        return;
      case OPERATION.setTrialUserAttribute:
        this.change(record.trial_id, ({ attributes }) => ({ attributes: { ...attributes, ...record.user_attr } }));
        return;
      case OPERATION.setTrialSystemAttribute:
        this.change(record.trial_id, ({ systemAttributes }) => ({ systemAttributes: { ...systemAttributes, ...record.system_attr } }));
        return;
      case OPERATION.discardTrials: // of another program of Optuna's; ignored there too
        return;
      default:
        record satisfies never;
    }
  }

  private createStudy(name: string, directions: readonly number[]): void {
    const id = this.nextStudyId++;
    this.studies.set(id, { id, name, directions, attributes: {}, systemAttributes: {} });
    this.idsOf.set(id, []);
  }

  private changeStudy(id: number, change: (study: StudyState) => Partial<StudyState>): void {
    const study = this.studies.get(id);
    if (study) this.studies.set(id, { ...study, ...change(study) });
  }

  private createTrial(created: CreateTrial, worker: string): void {
    const ids = this.idsOf.get(created.study_id)!;
    const distributions = mapValues(created.distributions ?? {}, distributionFromJson);
    const value = created.values?.[0] ?? created.value ?? undefined;
    const steps = Object.entries(created.intermediate_values ?? {}).map(([step, at]) => ({ step: Number(step), value: at }));
    const record: TrialRecord = {
      number: ids.length,
      state: stateOf(created.state ?? STATE_NUMBER.running),
      params: mapValues(created.params ?? {}, (internal, name) => fromInternal(distributions[name]!, internal)),
      distributions,
      ...(value !== undefined && { value }),
      intermediate: steps.sort((a, b) => a.step - b.step),
      attributes: created.user_attrs ?? {},
      systemAttributes: created.system_attrs ?? {},
      ...(created.datetime_start && { startedAt: Date.parse(created.datetime_start) }),
      ...(created.datetime_complete && { finishedAt: Date.parse(created.datetime_complete) }),
    };
    ids.push(this.entries.length);
    this.entries.push({ id: this.entries.length, studyId: created.study_id, worker, record: withError(record) });
  }

  private setParam(id: number, name: string, internal: number, json: string): void {
    const entry = this.entries[id];
    if (!entry) return;
    const distribution = distributionFromJson(json);
    const before = this.distributionBefore(entry.studyId, name);
    if (before && !isCompatible(before, distribution)) return;
    const value: ParamValue = fromInternal(distribution, internal);
    this.change(id, ({ params, distributions }) => ({
      params: { ...params, [name]: value },
      distributions: { ...distributions, [name]: distribution },
    }));
  }

  /** What the first trial of the study that has the parameter draws it from. */
  distributionBefore(studyId: number, name: string): Distribution | undefined {
    for (const id of this.idsOf.get(studyId) ?? []) {
      const { distributions } = this.entries[id]!.record;
      if (Object.hasOwn(distributions, name)) return distributions[name];
    }
    return undefined;
  }

  private setState({ trial_id: id, state: number, values, datetime_start, datetime_complete }: SetTrialState, worker: string): void {
    const entry = this.entries[id];
    const state = stateOf(number);
    if (!entry || (state === 'running' && entry.record.state === 'running')) return; // another process was faster to take it
    const changed = this.change(id, () => ({
      state,
      ...(values && values.length > 0 && { value: values[0]! }),
      ...(state === 'running' && datetime_start && { startedAt: Date.parse(datetime_start) }),
      ...(isFinished(state) && datetime_complete && { finishedAt: Date.parse(datetime_complete) }),
    }));
    if (changed && state === 'running') this.entries[id] = { ...this.entries[id]!, worker };
  }

  /** Whether the trial could be changed: it exists and is not finished. */
  private change(id: number, change: (record: TrialRecord) => Partial<TrialRecord>): boolean {
    const entry = this.entries[id];
    if (!entry || isFinished(entry.record.state)) return false;
    this.entries[id] = { ...entry, record: withError({ ...entry.record, ...change(entry.record) }) };
    return true;
  }
}

/** Where the sentence of a failed trial is kept: a system attribute of the name that Optuna had for it until version 2. */
export const ERROR_ATTRIBUTE = 'fail_reason';

/** The system attribute in which Optuna keeps the parameters of a queued trial. */
export const QUEUED_PARAMS = 'fixed_params';

/** The system attribute of a failed trial whose process ended before it: the search owes another one. */
export const INTERRUPTED_ATTRIBUTE = 'mgmt:interrupted';

/** Whether nothing of the trial changes any more. */
export function isFinished(state: TrialState): boolean {
  return state === 'complete' || state === 'pruned' || state === 'failed';
}

function withError(record: TrialRecord): TrialRecord {
  const error = record.systemAttributes[ERROR_ATTRIBUTE];
  return record.state === 'failed' && typeof error === 'string' ? { ...record, error } : record;
}

function withStep(intermediate: TrialRecord['intermediate'], step: number, value: number): TrialRecord['intermediate'] {
  const others = intermediate.filter((report) => report.step !== step);
  const at = others.findIndex((report) => report.step > step);
  return at === -1 ? [...others, { step, value }] : [...others.slice(0, at), { step, value }, ...others.slice(at)];
}

function stateOf(number: number): TrialState {
  const state = STATES[number];
  if (state) return state;
  throw new MgmtError('a trial has a state that is not known', {
    code: 'tuning/damaged-journal',
    expected: '0 to 4',
    found: String(number),
  });
}

const STATES: readonly TrialState[] = ['running', 'complete', 'pruned', 'failed', 'waiting']; // by Optuna's numbers

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A, name: string) => B): Readonly<Record<string, B>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]));
}
