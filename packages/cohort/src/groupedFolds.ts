import { rng } from '@mgmt/core';
import { byId } from './byId.js';
import { badSplit, byClass, checkPatients, type Patient, type Split } from './patient.js';
import { type FoldsConfig, splitsOf } from './stratifiedFolds.js';

/** Into how many parts groups of cases are divided, and what makes a group. */
export interface GroupedFoldsConfig<C> extends FoldsConfig {
  /** At least 2, at most as many as there are groups; as many leave one group out at a time. */
  readonly folds: number;
  /** What no two folds shall have in common: a site, a scanner, a patient with several visits. */
  readonly groupOf: (c: C) => string;
}

/**
 * Divides labeled cases into folds without tearing a group: a model is validated on sites that it has not seen. Sizes and classes are as even as the groups
 * allow.
 *
 * Groups are placed by size, the largest first, each into the fold where the classes stay the most even; among equal groups the seed decides. The
 * division depends on ids, labels, groups and seed alone, not on the order of the cases.
 *
 * @returns as many splits as there are folds; the n-th holds out the n-th fold
 * @throws `MgmtError` `cohort/bad-split` for a case without label or group, an id that comes twice, a case of an external cohort, more folds than groups
 * @example
 * groupedFolds(cohort.train, { groupOf: ({ site }) => site ?? '', folds: 3, seed: 0 });
 */
export function groupedFolds<C extends Patient>(cases: readonly C[], { folds, seed, groupOf }: GroupedFoldsConfig<C>): readonly Split<C>[] {
  const sorted = [...cases].sort(byId);
  checkPatients(sorted);
  const groups = new Map<string, C[]>();
  for (const c of sorted) {
    const group = groupOf(c);
    if (!group) throw badSplit(`the case ${c.id} belongs to no group`, 'a group for every case', 'none');
    groups.set(group, [...(groups.get(group) ?? []), c]);
  }
  if (!(Number.isInteger(folds) && folds >= 2 && folds <= groups.size)) {
    throw badSplit(
      'the groups cannot be divided into that many folds',
      `2 to ${groups.size} folds, as many as there are groups`,
      String(folds),
    );
  }
  const names = rng(seed)
    .child('grouped folds')
    .shuffle([...groups.keys()]);
  const bySize = names.sort((a, b) => groups.get(b)!.length - groups.get(a)!.length);
  const counts = Array.from({ length: folds }, () => [0, 0] as [number, number]);
  const foldOf = new Map<string, number>();
  bySize.forEach((name, placed) => {
    const added = byClass(groups.get(name)!).map(({ length }) => length) as [number, number];
    const open = counts.flatMap((count, fold) => (mustFill(counts, folds, groups.size - placed) && count[0] + count[1] > 0 ? [] : [fold]));
    const fold = open.reduce((best, candidate) =>
      unevenness(counts, candidate, added) < unevenness(counts, best, added) ? candidate : best,
    );
    counts[fold] = [counts[fold]![0] + added[0], counts[fold]![1] + added[1]];
    foldOf.set(name, fold);
  });
  return splitsOf(sorted, folds, (c) => foldOf.get(groupOf(c))!);
}

/** True where only as many groups are left as there are empty folds, none of which may stay so. */
const mustFill = (counts: readonly (readonly [number, number])[], folds: number, left: number): boolean =>
  left <= folds - counts.filter(([zeros, ones]) => zeros + ones > 0).length;

/** The sum over folds and classes of squared counts, were the group added to this fold: least where they are even. */
function unevenness(counts: readonly (readonly [number, number])[], fold: number, added: readonly [number, number]): number {
  return counts.reduce((sum, [zeros, ones], i) => {
    const [a, b] = i === fold ? [zeros + added[0], ones + added[1]] : [zeros, ones];
    return sum + a * a + b * b;
  }, 0);
}
