import { crc32 } from 'node:zlib';
import type { Pruner } from '../pruner.js';
import type { TrialRecord } from '../trialRecord.js';
import { checkCount, checkOption } from '../checkOption.js';
import { successiveHalvingPruner } from './successiveHalvingPruner.js';

/** The brackets of {@link hyperbandPruner}. */
export interface HyperbandConfig {
  /** The step of the first rung of the bracket that ends trials earliest. 1 by default. */
  readonly minResource?: number;
  /**
   * The number of steps of a whole trial. `'auto'` (the default): one more than the last step that a complete trial reported; nothing is ended before one
   * is complete.
   */
  readonly maxResource?: number | 'auto';
  /** As in successive halving. 3 by default. */
  readonly reductionFactor?: number;
  /** As in successive halving; with a `maxResource` that is a number only. 0 by default. */
  readonly bootstrapCount?: number;
}

/**
 * Deals trials to several successive halvings, of which each begins a rung later than the one before: some trials are ended early, some get time.
 *
 * Which bracket a trial belongs to follows from the study's name and its number. Its `competitors` are the trials of the same bracket: samplers learn
 * from these only, since the others were ended by another rule.
 *
 * @throws `MgmtError` `tuning/bad-option`
 * @remarks Li et al. 2018, jmlr.org/papers/v18/16-558.html, as Optuna has it. Optuna holds on to the first `maxResource` that it finds automatically; here
 * it follows the longest trial.
 */
export function hyperbandPruner(config: HyperbandConfig = {}): Pruner {
  const { minResource = 1, maxResource = 'auto', reductionFactor = 3, bootstrapCount = 0 } = config;
  checkCount(minResource, 'minResource', 1);
  if (maxResource !== 'auto') checkCount(maxResource, 'maxResource', minResource);
  checkCount(reductionFactor, 'reductionFactor', 2);
  checkCount(bootstrapCount, 'bootstrapCount', 0);
  checkOption(bootstrapCount === 0 || maxResource !== 'auto', 'bootstrapCount', "0 where maxResource is 'auto'", bootstrapCount);

  /** Of every bracket, how many of all trials it gets; nothing before the number of steps is known. */
  const sharesOf = (trials: readonly TrialRecord[]): readonly number[] => {
    const steps = maxResource === 'auto' ? longest(trials) + 1 : maxResource;
    const brackets = steps < minResource ? 0 : Math.floor(Math.log(steps / minResource) / Math.log(reductionFactor)) + 1;
    return Array.from({ length: brackets }, (_, bracket) => {
      const rungs = brackets - bracket;
      return Math.ceil((brackets * reductionFactor ** (rungs - 1)) / rungs);
    });
  };

  const bracketOf = ({ number }: TrialRecord, shares: readonly number[], studyName: string): number => {
    let place = crc32(`${studyName}_${number}`) % shares.reduce((sum, share) => sum + share, 0);
    return shares.findIndex((share) => (place -= share) < 0);
  };

  const competitors: Pruner['competitors'] = (trial, trials, studyName) => {
    const shares = sharesOf(trials);
    if (shares.length === 0) return trials;
    const bracket = bracketOf(trial, shares, studyName);
    return trials.filter((other) => bracketOf(other, shares, studyName) === bracket);
  };

  const prune: Pruner = (context) => {
    const { trial, trials, studyName } = context;
    const shares = sharesOf(trials);
    if (shares.length === 0) return { prune: false };
    const halving = successiveHalvingPruner({
      minResource,
      reductionFactor,
      minEarlyStoppingRate: bracketOf(trial, shares, studyName),
      bootstrapCount,
    });
    return halving({ ...context, trials: competitors(trial, trials, studyName) });
  };
  return Object.assign(prune, { competitors });
}

/** The last step of the longest complete trial; -Infinity where none has reported. */
const longest = (trials: readonly TrialRecord[]) =>
  Math.max(...trials.map(({ state, intermediate }) => (state === 'complete' ? intermediate.at(-1)?.step : undefined) ?? -Infinity));
