import { checkOption } from '../checkOption.js';
import type { Distribution } from '../distribution.js';
import { isSingle } from '../transform/contains.js';
import { sameDistribution } from '../transform/sameDistribution.js';
import type { Direction, TrialRecord } from '../trialRecord.js';
import { gridDensity } from './gridDensity.js';
import { parameterGrid } from './parameterGrid.js';

/** How much a parameter mattered. */
export interface ParameterImportance {
  readonly name: string;
  /** Its share of all, from 0 to 1; NaN, for all parameters, where it could not be told. */
  readonly importance: number;
}

/** What {@link parameterImportances} asks. A study, or its record, will do. */
export interface ImportanceConfig {
  readonly direction: Direction;
  /** Which share of the trials is good. 0.1 by default, as in Optuna; there should be some five. Above 0, below `regionQuantile`. */
  readonly targetQuantile?: number;
  /** Which best share of the trials the good ones are compared with. All (1) by default, at most 1. */
  readonly regionQuantile?: number;
  /**
   * What the good trials' values are compared with: those of all `'trials'` of the region (the default), or the whole `'range'`, as if it had been searched
   * evenly: Optuna's `evaluate_on_local=False`.
   */
  readonly comparedWith?: 'trials' | 'range';
}

/**
 * Which parameters decide whether a trial is among the good ones, the most important first; importances add up to 1. A parameter is important where
 * its values in good trials are distributed otherwise than in all.
 *
 * Only complete trials with a finite value count. A parameter that not all of them have, or whose range has changed, is looked at for each of its
 * distributions apart, of those that at least two trials have. Where nothing can be told, as from one trial or (compared with `'trials'`) from equal
 * results, all importances are NaN.
 *
 * @param trials - in any order
 * @throws `MgmtError` `tuning/bad-option`
 * @remarks PED-ANOVA: Watanabe, Bansal & Hutter 2023, arXiv:2304.10255; of conditional parameters: arXiv:2601.20800, theorem 4.2. Equal to Optuna 5's
 * `PedAnovaImportanceEvaluator`; nothing is random.
 * @example
 * parameterImportances(await study.trials(), study)[0]; // { name: 'learningRate', importance: 0.8 }
 */
export function parameterImportances(
  trials: readonly TrialRecord[],
  { direction, targetQuantile = 0.1, regionQuantile = 1, comparedWith = 'trials' }: ImportanceConfig,
): readonly ParameterImportance[] {
  checkOption(regionQuantile > 0 && regionQuantile <= 1, 'regionQuantile', 'above 0, at most 1', regionQuantile);
  checkOption(targetQuantile > 0 && targetQuantile < regionQuantile, 'targetQuantile', 'above 0, below regionQuantile', targetQuantile);
  checkOption(['trials', 'range'].includes(comparedWith), 'comparedWith', "'trials' or 'range'", comparedWith);

  const complete = trials.filter(({ state }) => state === 'complete');
  const finite = complete.filter(({ value }) => Number.isFinite(value));
  const region = bestTrials(finite, direction, regionQuantile);
  const good = new Set(bestTrials(finite, direction, targetQuantile));
  const importanceOf = (name: string) =>
    regimes(name, region).reduce((sum, regime) => sum + regimeImportance(name, regime, good, region.length, comparedWith), 0);

  const names = [...new Set(complete.flatMap(({ distributions }) => Object.keys(distributions)))].sort();
  const importances = names.map((name) => ({ name, importance: importanceOf(name) }));
  const total = importances.reduce((sum, { importance }) => sum + importance, 0); // 0 / 0 is not a number
  return importances.map(({ name, importance }) => ({ name, importance: importance / total })).sort((a, b) => b.importance - a.importance);
}

/** The best share of the trials, and those as good as the last of these. */
function bestTrials(trials: readonly TrialRecord[], direction: Direction, quantile: number): readonly TrialRecord[] {
  const cost = ({ value }: TrialRecord) => (direction === 'minimize' ? value! : -value!);
  const costs = Float64Array.from(trials, cost).sort();
  const last = costs[Math.ceil(quantile * costs.length) - 1]!;
  return trials.filter((trial) => cost(trial) <= last);
}

/** Trials that have a parameter with one and the same distribution. */
interface Regime {
  readonly distribution: Distribution;
  readonly trials: readonly TrialRecord[];
}

/** Those of at least two trials. */
function regimes(name: string, trials: readonly TrialRecord[]): readonly Regime[] {
  const found: { distribution: Distribution; trials: TrialRecord[] }[] = [];
  for (const trial of trials) {
    if (!Object.hasOwn(trial.distributions, name)) continue;
    const distribution = trial.distributions[name]!;
    const known = found.find((regime) => sameDistribution(regime.distribution, distribution));
    if (known) known.trials.push(trial);
    else found.push({ distribution, trials: [trial] });
  }
  return found.filter((regime) => regime.trials.length >= 2);
}

/** alpha² / beta times the Pearson divergence, with alpha and beta the regime's shares of the good trials and of all. */
function regimeImportance(
  name: string,
  { distribution, trials }: Regime,
  good: ReadonlySet<TrialRecord>,
  all: number,
  comparedWith: 'trials' | 'range',
): number {
  const goodHere = trials.filter((trial) => good.has(trial));
  if (isSingle(distribution) || goodHere.length === 0) return 0;
  const grid = parameterGrid(distribution);
  const density = (of: readonly TrialRecord[]) =>
    gridDensity(
      grid,
      of.map(({ params }) => params[name]!),
    ).map((share) => share + TINY);
  const base = comparedWith === 'trials' ? density(trials) : new Float64Array(grid.cells).fill(1 / grid.cells);
  const divergence = density(goodHere).reduce((sum, share, cell) => sum + base[cell]! * (share / base[cell]! - 1) ** 2, 0);
  return ((goodHere.length / good.size) ** 2 / (trials.length / all)) * divergence;
}

/** Keeps the ratio of two densities finite; Optuna's. */
const TINY = 1e-12;
