import type { Direction } from '../trialRecord.js';
import type { Pruner } from '../pruner.js';
import { checkCount, checkOption } from '../checkOption.js';

/** The ladder of {@link successiveHalvingPruner}. */
export interface SuccessiveHalvingConfig {
  /**
   * The step of the first rung. `'auto'` (the default): a hundredth of the last step that a complete trial reported, at least 1; nothing is ended before
   * one is complete.
   */
  readonly minResource?: number | 'auto';
  /** One of so many trials climbs on from a rung, which is so many times further along than the one before. 4 by default. */
  readonly reductionFactor?: number;
  /** So many of the lowest rungs are left out. 0 by default. */
  readonly minEarlyStoppingRate?: number;
  /** So many trials must stand on a rung before the first climbs on; with a `minResource` that is a number only. 0 by default. */
  readonly bootstrapCount?: number;
}

/**
 * Ends a trial at steps `minResource · reductionFactor^rung` unless it is among the best of those that have come that far. Nobody is waited for.
 *
 * What a trial had at a rung is noted with it as `completed_rung_<n>`.
 *
 * @throws `MgmtError` `tuning/bad-option`
 * @remarks Asynchronous successive halving, Li et al. 2020, arXiv:1810.05934, as Optuna has it. Optuna holds on to the first `minResource` that it finds
 * automatically; here it follows the longest trial.
 */
export function successiveHalvingPruner(config: SuccessiveHalvingConfig = {}): Pruner {
  const { minResource = 'auto', reductionFactor = 4, minEarlyStoppingRate = 0, bootstrapCount = 0 } = config;
  if (minResource !== 'auto') checkCount(minResource, 'minResource', 1);
  checkCount(reductionFactor, 'reductionFactor', 2);
  checkCount(minEarlyStoppingRate, 'minEarlyStoppingRate', 0);
  checkCount(bootstrapCount, 'bootstrapCount', 0);
  checkOption(bootstrapCount === 0 || minResource !== 'auto', 'bootstrapCount', "0 where minResource is 'auto'", bootstrapCount);

  return ({ direction, trials, trial }) => {
    const newest = trial.intermediate.at(-1);
    const complete = trials.filter(({ state, intermediate }) => state === 'complete' && intermediate.length > 0);
    if (!newest || (minResource === 'auto' && complete.length === 0)) return { prune: false };
    const longest = Math.max(...complete.map(({ intermediate }) => intermediate.at(-1)!.step));
    const first = minResource === 'auto' ? Math.max(1, Math.floor(longest / 100)) : minResource;

    const reached: Record<string, number> = {};
    const verdict = (prune: boolean) => ({ prune, systemAttributes: reached });
    let rung = 0;
    while (keyOf(rung) in trial.systemAttributes) rung++;
    for (; newest.step >= first * reductionFactor ** (minEarlyStoppingRate + rung); rung++) {
      if (Number.isNaN(newest.value)) return verdict(true);
      reached[keyOf(rung)] = newest.value;
      const others = trials.flatMap(({ systemAttributes }) => (systemAttributes[keyOf(rung)] as number | undefined) ?? []);
      if (others.length < bootstrapCount || !climbs(newest.value, others, reductionFactor, direction)) return verdict(true);
    }
    return verdict(false);
  };
}

const keyOf = (rung: number) => `completed_rung_${rung}`;

/** Whether the value is among the best of one in `reductionFactor`, or the best of all where they are fewer. */
function climbs(value: number, others: readonly number[], reductionFactor: number, direction: Direction): boolean {
  const places = Math.max(1, Math.floor((others.length + 1) / reductionFactor));
  const better = others.filter((other) => (direction === 'minimize' ? other < value : other > value));
  return better.length < places;
}
