import { MgmtError } from '@mgmt/core';
import { FileJournal } from './journal/fileJournal.js';
import { memoryJournal } from './journal/memoryJournal.js';
import { OPERATION } from './journal/operations.js';
import type { StudyState } from './journal/replay.js';
import type { Pruner } from './pruner.js';
import { medianPruner } from './pruners/medianPruner.js';
import type { Sampler } from './sampler.js';
import { tpeSampler } from './samplers/tpeSampler.js';
import { Study } from './study.js';
import type { Direction } from './trialRecord.js';

/** Which study, and how it searches. */
export interface StudyOptions {
  /** Of the journal, which may hold other studies too and is made where it is missing. In memory by default. */
  readonly path?: string;
  /** Of the study within its journal. `'study'` by default. */
  readonly name?: string;
  /** Of a new study `'minimize'` by default; of one that exists, what it is. */
  readonly direction?: Direction;
  /** `tpeSampler()` by default. */
  readonly sampler?: Sampler;
  /** `medianPruner()` by default, as in Optuna: it acts only where an objective reports and asks. */
  readonly pruner?: Pruner;
  /** Of the sampler's random numbers, 0 by default. Processes that share a study may share it: each trial has a stream of its own. */
  readonly seed?: number | string;
}

/**
 * Opens a study, or begins it where the journal does not have it.
 *
 * @throws `MgmtError` `tuning/other-direction` where it exists and goes the other way, `tuning/many-objectives` where it is Optuna's of several
 * objectives, and what the journal throws: `tuning/damaged-journal`, `tuning/unknown-operation`, `tuning/cannot-read`, `core/cannot-write`
 * @example
 * const study = await openStudy({ path: 'search.log', direction: 'maximize' });
 * const trial = await study.ask();
 * const x = trial.suggestFloat('x', -10, 10);
 * await study.tell(trial, -((x - 2) ** 2));
 */
export async function openStudy({
  path,
  name = 'study',
  direction,
  sampler = tpeSampler(),
  pruner = medianPruner(),
  seed = 0,
}: StudyOptions = {}): Promise<Study> {
  const journal = path === undefined ? memoryJournal() : new FileJournal(path);
  if (!(await journal.read()).study(name)) {
    const directions = [DIRECTIONS.indexOf(direction ?? 'minimize')];
    await journal.transact((replay) => (replay.study(name) ? [] : [{ op_code: OPERATION.createStudy, study_name: name, directions }]));
  }
  const state = journal.replay.study(name)!;
  const its = directionOf(state);
  if (direction && direction !== its) {
    throw new MgmtError('the study goes the other way', { code: 'tuning/other-direction', where: name, expected: its, found: direction });
  }
  return new Study({ journal, id: state.id, name, direction: its, sampler, pruner, seed });
}

const DIRECTIONS: readonly (Direction | undefined)[] = [undefined, 'minimize', 'maximize']; // by Optuna's numbers

function directionOf({ name, directions }: StudyState): Direction {
  const direction = DIRECTIONS[directions[0] ?? 0];
  if (direction && directions.length === 1) return direction;
  throw new MgmtError('only studies of one objective can be gone on with', {
    code: 'tuning/many-objectives',
    where: name,
    expected: 'one direction, 1 or 2',
    found: directions.join(', '),
  });
}
