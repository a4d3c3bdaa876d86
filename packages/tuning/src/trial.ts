import { MgmtError, type Rng } from '@mgmt/core';
import { checkDistribution } from './checkDistribution.js';
import type { Distribution, Params, ParamValue } from './distribution.js';
import { checkCompatible } from './journal/checkCompatible.js';
import { distributionFromJson, distributionToJson, toInternal } from './journal/distributionJson.js';
import { type Operation, OPERATION } from './journal/operations.js';
import { QUEUED_PARAMS, type Replay } from './journal/replay.js';
import { requireRunning } from './journal/requireRunning.js';
import { categorical, float, type FloatOptions, int, type IntOptions } from './spaces/distributions.js';
import { endOnGrid } from './spaces/endOnGrid.js';
import { samplerContext } from './samplerContext.js';
import { otherTrials, type StudySetting } from './studySetting.js';
import { contains, isSingle } from './transform/contains.js';
import type { TrialRecord } from './trialRecord.js';

/** What a parameter can be asked of: a trial, or anything that answers for one. */
export interface Suggester {
  /** The value of a parameter, one that the distribution allows. */
  suggest(name: string, distribution: Distribution): ParamValue;
}

/**
 * One trial of a study, as its objective sees it. Parameters are given at once and written soon after; what returns a promise is written when the
 * promise is kept, together with all that came before.
 *
 * Every method throws what the journal throws. `P` is the type of the parameters, where the trial was asked for with a declared space.
 */
export class Trial<P extends object = Params> implements Suggester {
  private record: TrialRecord;
  private pending: Operation[] = [];
  private written: Promise<void> = Promise.resolve();

  /** @internal */
  constructor(
    private readonly setting: StudySetting,
    /** @internal */
    readonly id: number,
    private readonly together: Params,
    private readonly random: Rng,
  ) {
    this.record = setting.journal.replay.trial(id)!.record;
  }

  /** From 0, in the order in which the study's trials began. */
  get number(): number {
    return this.record.number;
  }

  /** What was suggested so far. */
  get params(): P {
    return this.record.params as P;
  }

  /** The caller's notes, those that it was queued with included. */
  get attributes(): Readonly<Record<string, unknown>> {
    return this.record.attributes;
  }

  /**
   * A real number in `[low, high]`; the same again when asked for again.
   *
   * @throws `MgmtError` `tuning/bad-distribution`, `tuning/incompatible-distribution`
   */
  suggestFloat(name: string, low: number, high: number, options?: FloatOptions): number {
    return this.suggest(name, float(low, high, options)) as number;
  }

  /**
   * An integer in `[low, high]`; the same again when asked for again.
   *
   * @throws `MgmtError` `tuning/bad-distribution`, `tuning/incompatible-distribution`
   */
  suggestInt(name: string, low: number, high: number, options?: IntOptions): number {
    return this.suggest(name, int(low, high, options)) as number;
  }

  /**
   * One of the choices; the same again when asked for again.
   *
   * @throws `MgmtError` `tuning/bad-distribution`, `tuning/incompatible-distribution`, `tuning/not-a-choice` where another value was queued
   */
  suggestCategorical<const T extends ParamValue>(name: string, choices: readonly T[]): T {
    return this.suggest(name, categorical(choices)) as T;
  }

  /**
   * A value of a distribution, as the methods for each kind; for spaces that are data.
   *
   * @throws `MgmtError` `tuning/bad-distribution`, `tuning/incompatible-distribution`, `tuning/not-a-choice`
   */
  suggest(name: string, wanted: Distribution): ParamValue {
    checkDistribution(name, wanted);
    const distribution = endOnGrid(wanted);
    const { journal, id } = this.setting;
    const before = own(this.record.distributions, name) ?? journal.replay.distributionBefore(id, name);
    if (before) checkCompatible(name, before, distribution);
    const given = own(this.record.params, name);
    if (given !== undefined) return given;

    const value = this.choose(name, distribution);
    this.record = {
      ...this.record,
      params: { ...this.record.params, [name]: value },
      distributions: { ...this.record.distributions, [name]: distribution },
    };
    this.writeSoon({
      op_code: OPERATION.setTrialParam,
      trial_id: this.id,
      param_name: name,
      param_value_internal: toInternal(distribution, value),
      distribution: distributionToJson(distribution),
    });
    return value;
  }

  /**
   * Notes the objective at a step, for pruning. A second report of a step is ignored, as with Optuna.
   *
   * @param value - NaN and infinities are kept
   * @param step - an integer from 0, by the objective's own count
   * @throws `MgmtError` `tuning/bad-report`
   */
  async report(value: number, step: number): Promise<void> {
    if (typeof value !== 'number' || !Number.isSafeInteger(step) || step < 0) {
      throw new MgmtError('a report is a number at a step', {
        code: 'tuning/bad-report',
        where: `trial ${this.number}`,
        expected: 'a number, and an integer from 0',
        found: `${String(value)} at ${String(step)}`,
      });
    }
    if (!this.record.intermediate.some((report) => report.step === step)) {
      this.record = { ...this.record, intermediate: [...this.record.intermediate, { step, value }].sort((a, b) => a.step - b.step) };
      this.writeSoon({ op_code: OPERATION.setTrialIntermediateValue, trial_id: this.id, step, intermediate_value: value });
    }
    await this.settled();
  }

  /** Whether the study's pruner would end the trial here, by what it and the others have reported. The objective then throws `TrialPruned`. */
  async shouldPrune(): Promise<boolean> {
    await this.settled();
    const { journal, id, name, direction, pruner } = this.setting;
    const trials = otherTrials(await journal.read(), id, this.number);
    const { prune, systemAttributes = {} } = pruner({
      direction,
      trials,
      trial: this.record,
      studyName: name,
      rng: this.random.child('pruner'),
    });
    for (const [key, value] of Object.entries(systemAttributes)) {
      this.writeSoon({ op_code: OPERATION.setTrialSystemAttribute, trial_id: this.id, system_attr: { [key]: value } });
    }
    this.record = { ...this.record, systemAttributes: { ...this.record.systemAttributes, ...systemAttributes } };
    await this.settled();
    return prune;
  }

  /** Keeps a note with the trial: anything that JSON can hold. */
  async setAttribute(key: string, value: unknown): Promise<void> {
    this.record = { ...this.record, attributes: { ...this.record.attributes, [key]: value } };
    this.writeSoon({ op_code: OPERATION.setTrialUserAttribute, trial_id: this.id, user_attr: { [key]: value } });
    await this.settled();
  }

  /** When all is written. @internal */
  settled(): Promise<void> {
    return this.written;
  }

  private choose(name: string, distribution: Distribution): ParamValue {
    const queued = own((this.record.systemAttributes[QUEUED_PARAMS] ?? {}) as Params, name);
    if (queued !== undefined) return requireChoice(name, distribution, queued);
    if (isSingle(distribution)) return distribution.kind === 'categorical' ? distribution.choices[0]! : distribution.low;
    const drawn = own(this.together, name);
    if (drawn !== undefined && contains(distribution, drawn)) return drawn;
    const { journal, sampler } = this.setting;
    return sampler.sample(name, distribution, samplerContext(this.setting, journal.replay, this.record, this.random));
  }

  /** Operations of one turn of the event loop are written together. A failure comes out of the next promise that is waited for. */
  private writeSoon(operation: Operation): void {
    this.pending.push(operation);
    if (this.pending.length > 1) return;
    this.written = this.written.then(async () => {
      const operations = this.pending;
      this.pending = [];
      await this.setting.journal.transact((replay) => this.allowed(replay, operations));
    });
    this.written.catch(() => undefined);
  }

  private allowed(replay: Replay, operations: readonly Operation[]): readonly Operation[] {
    requireRunning(replay.trial(this.id));
    for (const operation of operations) {
      if (operation.op_code !== OPERATION.setTrialParam) continue;
      const before = replay.distributionBefore(this.setting.id, operation.param_name); // another process may have been faster
      if (before) checkCompatible(operation.param_name, before, distributionFromJson(operation.distribution));
    }
    return operations;
  }
}

function requireChoice(name: string, distribution: Distribution, value: ParamValue): ParamValue {
  if (distribution.kind === 'categorical' ? distribution.choices.includes(value) : typeof value === 'number' && !Number.isNaN(value))
    return value;
  throw new MgmtError('the value that was queued for the parameter cannot be one of it', {
    code: 'tuning/not-a-choice',
    where: `parameter ${name}`,
    expected: JSON.stringify(distribution),
    found: JSON.stringify(value),
  });
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
