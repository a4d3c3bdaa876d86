import type { SearchSpace } from '../../distribution.js';
import { isSingle } from '../../transform/contains.js';
import { sameDistribution } from '../../transform/sameDistribution.js';
import type { TrialRecord } from '../../trialRecord.js';

/** The parameters, each with one and the same distribution, of all trials. Those of one value only are left out: there is nothing to draw. */
export function sharedSpace(trials: readonly TrialRecord[]): SearchSpace {
  const [first, ...others] = trials;
  return sorted(
    Object.entries(first?.distributions ?? {}).filter(([name, distribution]) =>
      others.every(({ distributions }) => Object.hasOwn(distributions, name) && sameDistribution(distributions[name]!, distribution)),
    ),
  );
}

/**
 * The parameters of all trials in the largest groups of which each trial has all or none: each branch of a conditional search is a group of its own. Of a
 * parameter's distributions the first stands.
 *
 * @remarks Optuna's group decomposed search space.
 */
export function groupedSpaces(trials: readonly TrialRecord[]): readonly SearchSpace[] {
  let groups: SearchSpace[] = [];
  for (const { distributions } of trials) {
    const inTrial = (name: string) => Object.hasOwn(distributions, name);
    const known = (name: string) => groups.some((group) => Object.hasOwn(group, name));
    groups = [
      ...groups.flatMap((group) => [pick(group, inTrial), pick(group, (name) => !inTrial(name))]),
      pick(distributions, (name) => !known(name)),
    ].filter((group) => Object.keys(group).length > 0);
  }
  return groups.map((group) => sorted(Object.entries(group))).filter((group) => Object.keys(group).length > 0);
}

const pick = (space: SearchSpace, keep: (name: string) => boolean): SearchSpace =>
  Object.fromEntries(Object.entries(space).filter(([name]) => keep(name)));

/** By name, so that the order in which an objective asks changes no draw. */
const sorted = (entries: [string, SearchSpace[string]][]): SearchSpace =>
  Object.fromEntries(entries.filter(([, distribution]) => !isSingle(distribution)).sort(([a], [b]) => (a < b ? -1 : 1)));
