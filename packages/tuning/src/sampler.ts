import type { Rng } from '@mgmt/core';
import type { Distribution, Params, ParamValue } from './distribution.js';
import type { Direction, TrialRecord } from './trialRecord.js';

/** What a sampler may look at. */
export interface SamplerContext {
  readonly direction: Direction;
  /** All other trials in the order of their numbers, those that run now included. */
  readonly trials: readonly TrialRecord[];
  /** Those of `trials` to learn from, where the pruner says so: the bracket of Hyperband. All of them by default. */
  readonly competitors?: readonly TrialRecord[] | undefined;
  /** The trial that is being filled. */
  readonly trial: TrialRecord;
  /** The trial's own stream, the same whenever its number is asked for again: a study that goes on proposes what it would have. */
  readonly rng: Rng;
}

/** A rule that proposes parameters. It keeps no state: all that it knows stands in the trials. */
export interface Sampler {
  /**
   * The parameters that are drawn together before the objective runs: all of a grid's point, the joint draw of a multivariate sampler. A name that the
   * objective then asks for with another distribution is drawn alone. Nothing by default.
   *
   * @throws `MgmtError` `tuning/search-exhausted` where nothing is left to propose
   */
  together?(context: SamplerContext): Params;
  /** One parameter, when the objective asks for it and it was not drawn before. */
  sample(name: string, distribution: Distribution, context: SamplerContext): ParamValue;
  /** Notes to be kept with the trial when it begins. Nothing by default. */
  systemAttributes?(context: SamplerContext): Readonly<Record<string, unknown>>;
}
