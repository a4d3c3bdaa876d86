import { isMgmtError, MgmtError, rng } from '@mgmt/core';
import type { Params } from './distribution.js';
import { type Operation, OPERATION } from './journal/operations.js';
import type { Replay, TrialEntry } from './journal/replay.js';
import { requireRunning } from './journal/requireRunning.js';
import type { Space } from './spaces/searchSpace.js';
import {
  beginOperation,
  countTried,
  endOperations,
  interruptOperations,
  queueOperation,
  sweepOperations,
  takeOperation,
  type TrialOutcome,
} from './studyOperations.js';
import { samplerContext } from './samplerContext.js';
import type { StudySetting } from './studySetting.js';
import { Trial } from './trial.js';
import type { Direction, TrialRecord } from './trialRecord.js';

/** A complete trial, which has a value. */
export type CompleteTrial = TrialRecord & { readonly state: 'complete'; readonly value: number };

/**
 * A search: its trials, and the rules by which new ones are proposed. Made by `openStudy`. Several processes may have the same study open; each sees
 * what the others have written when it asks.
 *
 * Every method throws what the journal throws: `tuning/damaged-journal`, `tuning/unknown-operation`, `tuning/cannot-read`, `core/cannot-write`.
 */
export class Study {
  /** @internal */
  constructor(private readonly setting: StudySetting) {}

  /** The name under which the journal has it. */
  get name(): string {
    return this.setting.name;
  }

  /** Whether small or large values are good. */
  get direction(): Direction {
    return this.setting.direction;
  }

  /**
   * Begins a trial: the next of those that were queued, or a new one.
   *
   * @throws `MgmtError` `tuning/search-exhausted` where the sampler has nothing left to propose
   */
  ask(): Promise<Trial>;
  /**
   * Begins a trial, and suggests all parameters of a space at once: its `params` have the space's type.
   *
   * @throws `MgmtError` `tuning/search-exhausted`, and what the trial's `suggest` throws
   */
  ask<P extends object>(space: Space<P>): Promise<Trial<P>>;
  async ask<P extends object>(space?: Space<P>): Promise<Trial> {
    const trial = (await this.begin(Infinity))!;
    space?.suggest(trial);
    await trial.settled();
    return trial;
  }

  /**
   * Ends a trial.
   *
   * @param trial - or its number
   * @param outcome - its value; NaN is none, that trial has failed. A pruned trial keeps its last report as its value
   * @returns what is now known of it
   * @throws `MgmtError` `tuning/trial-not-running`, `tuning/no-such-trial`
   */
  async tell(trial: Trial<object> | number, outcome: TrialOutcome): Promise<TrialRecord> {
    return this.end(trial, (entry) => endOperations(entry, outcome));
  }

  /**
   * Queues a trial with these values; the objective may ask for more parameters, which are sampled.
   *
   * @param attributes - the caller's notes to it
   */
  async enqueue(params: Params, attributes: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await this.setting.journal.transact(() => [queueOperation(this.setting.id, params, attributes)]);
  }

  /** All trials in the order of their numbers. */
  async trials(): Promise<readonly TrialRecord[]> {
    return this.entries(await this.setting.journal.read()).map(({ record }) => record);
  }

  /** The complete trial with the best value, the first of equals; none where no trial is complete. */
  async best(): Promise<CompleteTrial | undefined> {
    const complete = (await this.trials()).filter(
      (trial): trial is CompleteTrial => trial.state === 'complete' && trial.value !== undefined,
    );
    const isBetter = this.direction === 'minimize' ? (a: number, b: number) => a < b : (a: number, b: number) => a > b;
    return complete.reduce<CompleteTrial | undefined>(
      (best, trial) => (best && !isBetter(trial.value, best.value) ? best : trial),
      undefined,
    );
  }

  /** The caller's notes to the study. */
  async attributes(): Promise<Readonly<Record<string, unknown>>> {
    return (await this.setting.journal.read()).studyOf(this.setting.id)?.attributes ?? {};
  }

  /** Keeps a note with the study: anything that JSON can hold. */
  async setAttribute(key: string, value: unknown): Promise<void> {
    await this.setting.journal.transact(() => [
      { op_code: OPERATION.setStudyUserAttribute, study_id: this.setting.id, user_attr: { [key]: value } },
    ]);
  }

  /**
   * Begins a trial unless so many were tried or are being tried, in any process, or the sampler has nothing left. Those whose process is known to have
   * ended are failed first.
   *
   * @internal
   */
  async beginWithin(trials: number): Promise<Trial | undefined> {
    try {
      return await this.begin(trials);
    } catch (error) {
      if (isMgmtError(error) && error.code === 'tuning/search-exhausted') return undefined;
      throw error;
    }
  }

  /** Ends a trial that did not come to an end of its own. @internal */
  async interrupt(trial: Trial<object>, sentence: string): Promise<TrialRecord> {
    return this.end(trial, (entry) => interruptOperations(entry, sentence));
  }

  /** Fails the trials whose process is known to have ended, and says how many are tried. @internal */
  async sweep(): Promise<number> {
    const replay = await this.setting.journal.transact((known) => sweepOperations(this.entries(known)));
    return countTried(this.entries(replay));
  }

  private async begin(limit: number): Promise<Trial | undefined> {
    let begun: { readonly id: number; readonly together: Params; readonly random: ReturnType<typeof rng> } | undefined;
    const { journal } = this.setting;
    await journal.transact((replay) => {
      const entries = this.entries(replay);
      const swept = sweepOperations(entries);
      if (countTried(entries) >= limit) return swept;
      const waiting = entries.find(({ record }) => record.state === 'waiting');
      const id = waiting?.id ?? replay.nextTrialId;
      const record = waiting?.record ?? { number: entries.length, ...NEW_TRIAL };
      const drawn = this.draw(replay, record);
      begun = { id, together: drawn.together, random: drawn.random };
      const notes = Object.entries(drawn.notes).map(([key, value]): Operation => ({
        op_code: OPERATION.setTrialSystemAttribute,
        trial_id: id,
        system_attr: { [key]: value },
      }));
      return [...swept, waiting ? takeOperation(waiting) : beginOperation(this.setting.id), ...notes];
    });
    return begun && new Trial(this.setting, begun.id, begun.together, begun.random);
  }

  private draw(replay: Replay, record: TrialRecord) {
    const { sampler, seed, name } = this.setting;
    const random = rng(seed).child(name).child(record.number);
    const context = samplerContext(this.setting, replay, record, random);
    const notes = sampler.systemAttributes?.(context) ?? {};
    const trial = { ...record, systemAttributes: { ...record.systemAttributes, ...notes } };
    return { random, notes, together: sampler.together?.({ ...context, trial }) ?? {} };
  }

  private async end(trial: Trial<object> | number, operations: (entry: TrialEntry) => readonly Operation[]): Promise<TrialRecord> {
    if (typeof trial !== 'number') await trial.settled();
    const { number } = typeof trial === 'number' ? { number: trial } : trial;
    const replay = await this.setting.journal.transact((known) => operations(requireRunning(this.entries(known)[number])));
    return this.entries(replay)[number]!.record;
  }

  private entries(replay: Replay): readonly TrialEntry[] {
    if (replay.studyOf(this.setting.id)) return replay.trialsOf(this.setting.id);
    throw new MgmtError('the study was deleted', { code: 'tuning/no-such-study', where: this.name });
  }
}

const NEW_TRIAL = { state: 'running', params: {}, distributions: {}, intermediate: [], attributes: {}, systemAttributes: {} } as const;
