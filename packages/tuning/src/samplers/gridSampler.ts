import { MgmtError, rng, stableJson } from '@mgmt/core';
import type { Params, ParamValue } from '../distribution.js';
import type { Sampler, SamplerContext } from '../sampler.js';
import { contains } from '../transform/contains.js';
import type { TrialRecord } from '../trialRecord.js';
import { checkOption } from '../checkOption.js';

/** The values of every parameter that are to be tried. */
export type Grid = Readonly<Record<string, readonly ParamValue[]>>;

/**
 * Tries every combination once, in random order, so that a search that is stopped early has seen something of all values.
 *
 * A trial takes the combination of its number where it has one; later trials (after some were queued by hand) take one that nobody has begun, and where
 * everything has begun, one that has not finished, since whoever began it may be gone. A failed trial counts as finished.
 *
 * @param grid - the order of its names means nothing
 * @param seed - of the order; processes that share a study must be given the same
 * @throws `MgmtError` `tuning/bad-option`; when it proposes: `tuning/search-exhausted` where all is done, `tuning/not-in-grid` for a name that is not in
 * the grid, `tuning/outside-distribution` for a value that the objective does not allow
 * @remarks Notes the combination with the trial under the names of Optuna's `GridSampler`.
 * @example
 * gridSampler({ modality: ['FLAIR', 'T1wCE'], learningRate: [1e-3, 1e-4] });
 */
export function gridSampler(grid: Grid, seed: number | string = 0): Sampler {
  const names = Object.keys(grid).sort();
  for (const name of names) checkOption(grid[name]!.length > 0, `grid.${name}`, 'at least one value', 'none');
  const points = rng(seed).child('grid').shuffle(combinations(grid, names));
  const sortedGrid = Object.fromEntries(names.map((name) => [name, grid[name]!]));
  const signature = stableJson(grid);

  const placeOf = ({ systemAttributes: { grid_id: place, search_space: itsGrid } }: TrialRecord): number | undefined =>
    typeof place === 'number' && place < points.length && stableJson(itsGrid) === signature ? place : undefined;

  const choose = ({ trial, trials }: SamplerContext): number => {
    const noted = placeOf(trial);
    if (noted !== undefined) return noted;
    if (trial.number < points.length) return trial.number;
    const all = [...points.keys()];
    const finished = new Set(trials.filter(({ state }) => state !== 'running' && state !== 'waiting').map(placeOf));
    const begun = new Set(trials.filter(({ state }) => state !== 'waiting').map(placeOf));
    const free = all.filter((place) => !begun.has(place));
    const open = free.length > 0 ? free : all.filter((place) => !finished.has(place));
    if (open.length === 0) {
      throw new MgmtError('all combinations of the grid have been tried', {
        code: 'tuning/search-exhausted',
        expected: `at most ${points.length} trials`,
        hint: 'ask for fewer trials, or add values to the grid',
      });
    }
    return open[trial.number % open.length]!;
  };

  return {
    together: (context) => (isQueued(context) ? {} : points[choose(context)]!),
    systemAttributes: (context) => (isQueued(context) ? {} : { search_space: sortedGrid, grid_id: choose(context) }),
    sample(name, distribution, context) {
      if (!names.includes(name)) {
        throw new MgmtError(`the objective asks for a parameter that the grid does not have`, {
          code: 'tuning/not-in-grid',
          where: `parameter ${name}`,
          expected: names.join(', '),
        });
      }
      const value = points[choose(context)]![name]!;
      if (contains(distribution, value)) return value;
      throw new MgmtError('a value of the grid lies outside what the objective allows', {
        code: 'tuning/outside-distribution',
        where: `parameter ${name}`,
        expected: stableJson(distribution),
        found: String(value),
      });
    },
  };
}

/** Whether the trial's parameters were given by hand; Optuna's note. */
const isQueued = ({ trial }: SamplerContext) => 'fixed_params' in trial.systemAttributes;

function combinations(grid: Grid, names: readonly string[]): Params[] {
  return names.reduce<Params[]>(
    (points, name) => points.flatMap((point) => grid[name]!.map((value) => ({ ...point, [name]: value }))),
    [{}],
  );
}
