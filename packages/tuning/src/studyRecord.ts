import type { Distribution, SearchSpace } from './distribution.js';
import type { Study } from './study.js';
import type { Direction, TrialRecord } from './trialRecord.js';

/** What is known of a study: plain data, of which figures are drawn. */
export interface StudyRecord {
  readonly name: string;
  readonly direction: Direction;
  /** In the order of their numbers. */
  readonly trials: readonly TrialRecord[];
  /** The number of the best complete trial. */
  readonly best?: number;
  /**
   * Every parameter that a trial had, in the order in which they came up. Where a study has moved the bounds of one, it reaches from the lowest to the
   * highest.
   */
  readonly parameters: SearchSpace;
}

/** A study as plain data. */
export async function studyRecord(study: Study): Promise<StudyRecord> {
  const best = await study.best();
  const trials = await study.trials();
  const parameters = new Map<string, Distribution>();
  for (const { distributions } of trials) {
    for (const [name, distribution] of Object.entries(distributions)) parameters.set(name, widest(parameters.get(name), distribution));
  }
  return {
    name: study.name,
    direction: study.direction,
    trials,
    ...(best && { best: best.number }),
    parameters: Object.fromEntries(parameters),
  };
}

function widest(known: Distribution | undefined, next: Distribution): Distribution {
  if (!known || known.kind === 'categorical' || next.kind === 'categorical') return next;
  return { ...next, low: Math.min(known.low, next.low), high: Math.max(known.high, next.high) };
}
