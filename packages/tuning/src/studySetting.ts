import type { Journal } from './journal/journal.js';
import type { Replay } from './journal/replay.js';
import type { Pruner } from './pruner.js';
import type { Sampler } from './sampler.js';
import type { Direction, TrialRecord } from './trialRecord.js';

/** What a study and its trials share. */
export interface StudySetting {
  readonly journal: Journal;
  /** In the journal. */
  readonly id: number;
  readonly name: string;
  readonly direction: Direction;
  readonly sampler: Sampler;
  readonly pruner: Pruner;
  readonly seed: number | string;
}

/** The trials of the study but one. */
export function otherTrials(replay: Replay, studyId: number, number: number): readonly TrialRecord[] {
  return replay
    .trialsOf(studyId)
    .map(({ record }) => record)
    .filter((record) => record.number !== number);
}
