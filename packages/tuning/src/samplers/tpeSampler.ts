import type { Rng } from '@mgmt/core';
import type { Params, SearchSpace } from '../distribution.js';
import type { Sampler, SamplerContext } from '../sampler.js';
import { isSingle } from '../transform/contains.js';
import { fromNumber } from '../transform/toNumber.js';
import type { TrialRecord } from '../trialRecord.js';
import { checkOption, checkCount } from '../checkOption.js';
import { drawUniform } from './drawUniform.js';
import { groupedSpaces, sharedSpace } from './tpe/jointSpaces.js';
import { observedPoints } from './tpe/observedPoints.js';
import { drawPoint, logDensities, parzenEstimator, type Point } from './tpe/parzenEstimator.js';
import { jointNotes } from './tpe/jointNotes.js';
import { splitTrials } from './tpe/splitTrials.js';

/** How {@link tpeSampler} searches. */
export interface TpeConfig {
  /** Trials, complete or pruned, that are drawn uniformly before the first look at results. 10 by default, as in Optuna; 0 at least. */
  readonly startupTrials?: number;
  /** Points that are drawn from the good trials' density, of which the most promising is proposed. 24 by default, as in Hyperopt and Optuna. */
  readonly candidates?: number;
  /**
   * What is drawn together. `false` (the default, as in Optuna until 4): every parameter alone, when it is asked for. `true` (as in Optuna 5): all
   * parameters that every trial so far had, with the same distribution. `'group'`: those and the branches of a conditional search, each with what
   * always comes with it.
   */
  readonly multivariate?: boolean | 'group';
  /** Whether trials that run now count as bad ones, so that processes side by side do not all try the same place. `false` by default (Optuna until 4). */
  readonly constantLiar?: boolean;
}

/**
 * The tree-structured Parzen estimator: proposes where good trials are dense and others are not.
 *
 * The trials so far are split in a good tenth (25 at most) and the rest; a mixture of normal distributions stands for each. Of the candidates, drawn from
 * the first, the one with the largest ratio of the two densities is proposed. Pruned trials take part, failed ones do not. Parameters
 * one at a time have the kernels of Optuna 2 to 4, together those of Optuna 5, in which the prior makes no kernel narrower.
 *
 * @throws `MgmtError` `tuning/bad-option`
 * @remarks Bergstra et al. 2011, papers.nips.cc/paper/4443; Watanabe 2023, arXiv:2304.11127, explains every part. Equal to Optuna in its densities; the
 * random numbers are our own.
 * @example
 * tpeSampler({ multivariate: 'group', constantLiar: true });
 */
export function tpeSampler({ startupTrials = 10, candidates = 24, multivariate = false, constantLiar = false }: TpeConfig = {}): Sampler {
  checkCount(startupTrials, 'startupTrials', 0);
  checkCount(candidates, 'candidates', 1);
  checkOption([true, false, 'group'].includes(multivariate), 'multivariate', "true, false or 'group'", multivariate);

  const propose = (space: SearchSpace, context: SamplerContext, rng: Rng): Params => {
    const known = siblings(context).filter((trial) => isKnown(trial) || (constantLiar && trial.state === 'running'));
    const { below, above } = splitTrials(known, context.direction);
    const style = multivariate ? 'optuna5' : 'optuna2';
    const good = parzenEstimator(observedPoints(below, space), space, style);
    const others = parzenEstimator(observedPoints(above, space), space, style);
    const points = Array.from({ length: candidates }, () => drawPoint(good, rng));
    const logGood = logDensities(good, points);
    const logOthers = logDensities(others, points);
    const best = points[indexOfLargest(logGood.map((density, i) => density - logOthers[i]!))]!;
    return toParams(space, best);
  };

  const together = (context: SamplerContext): Params => {
    const finished = siblings(context).filter(isKnown);
    if (finished.length < startupTrials) return {};
    const spaces = multivariate === 'group' ? groupedSpaces(finished) : [sharedSpace(finished)];
    const draws = spaces
      .filter((space) => Object.keys(space).length > 0)
      .map((space) => propose(space, context, context.rng.child(Object.keys(space).join())));
    return Object.assign({}, ...draws) as Params;
  };

  return {
    ...(multivariate && { together }),
    ...(multivariate && constantLiar && { systemAttributes: (context) => jointNotes(together(context)) }),
    sample(name, distribution, context) {
      const rng = context.rng.child(name);
      if (isSingle(distribution) || siblings(context).filter(isKnown).length < startupTrials) return drawUniform(distribution, rng);
      return propose({ [name]: distribution }, context, rng)[name]!;
    },
  };
}

const siblings = ({ competitors, trials }: SamplerContext) => competitors ?? trials;

const isKnown = ({ state }: TrialRecord) => state === 'complete' || state === 'pruned';

const toParams = (space: SearchSpace, point: Point): Params =>
  Object.fromEntries(Object.entries(space).map(([name, distribution], i) => [name, fromNumber(distribution, point[i]!)]));

function indexOfLargest(values: readonly number[]): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}
