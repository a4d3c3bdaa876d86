import type { Direction, TrialRecord } from '../../trialRecord.js';

/** The trials with the best results, and the rest; each in the order in which they were given. */
export interface TrialSplit {
  readonly below: readonly TrialRecord[];
  readonly above: readonly TrialRecord[];
}

/**
 * Splits trials at a tenth of those that are complete or pruned, at most 25. Complete trials come before pruned ones, and of these, those that got
 * further come first. Running trials, when there are any among them, are supposed to turn out bad (constant liar).
 *
 * @param trials - complete, pruned or running, in the order of their numbers
 * @remarks Optuna's rule since 2.0; a value that is NaN counts as the worst.
 */
export function splitTrials(trials: readonly TrialRecord[], direction: Direction): TrialSplit {
  const ranks = trials.filter(({ state }) => state !== 'running').map((trial) => rankOf(trial, direction));
  const good = ranks.sort(compare).slice(0, Math.min(Math.ceil(0.1 * ranks.length), 25));
  const best = new Set(good.map(({ trial }) => trial));
  return { below: trials.filter((trial) => best.has(trial)), above: trials.filter((trial) => !best.has(trial)) };
}

/** Smaller is better: first by `group`, then by `cost`. */
interface Rank {
  readonly trial: TrialRecord;
  readonly group: number;
  readonly cost: number;
}

function rankOf(trial: TrialRecord, direction: Direction): Rank {
  const cost = (value = NaN) => (Number.isNaN(value) ? Infinity : direction === 'minimize' ? value : -value);
  if (trial.state === 'complete') return { trial, group: -Infinity, cost: cost(trial.value) };
  const last = trial.intermediate.at(-1);
  return last ? { trial, group: -last.step, cost: cost(last.value) } : { trial, group: Infinity, cost: 0 };
}

const compare = (a: Rank, b: Rank) => {
  if (a.group !== b.group) return a.group < b.group ? -1 : 1;
  return a.cost < b.cost ? -1 : a.cost > b.cost ? 1 : 0;
};
