import type { Rng } from '@mgmt/core';
import type { Replay } from './journal/replay.js';
import type { SamplerContext } from './sampler.js';
import { otherTrials, type StudySetting } from './studySetting.js';
import type { TrialRecord } from './trialRecord.js';

/** What a study's sampler may look at when it fills a trial: all others, and those that its pruner lets it learn from. */
export function samplerContext(
  { direction, id, name, pruner }: StudySetting,
  replay: Replay,
  trial: TrialRecord,
  rng: Rng,
): SamplerContext {
  const trials = otherTrials(replay, id, trial.number);
  return { direction, trials, competitors: pruner.competitors?.(trial, trials, name), trial, rng };
}
