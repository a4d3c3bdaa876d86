import { rng } from '@mgmt/core';
import { byId } from './byId.js';
import { badSplit, byClass, checkPatients, type Patient, type Split, splitOf } from './patient.js';

/** Into how many parts cases are divided. */
export interface FoldsConfig {
  /** At least 2, at most as many as there are cases of the smaller class. */
  readonly folds: number;
  readonly seed: number;
}

/**
 * Divides labeled cases at random into folds of the same size and mixture of classes, to within one case each, for cross-validation: every case is validated
 * on exactly once.
 *
 * The division depends on ids, labels and seed alone, not on the order of the cases.
 *
 * @returns as many splits as there are folds; the n-th holds out the n-th fold
 * @throws `MgmtError` `cohort/bad-split` for a case without label, an id that comes twice, a case of an external cohort, more folds than a class has cases
 * @example
 * for (const { train, validation } of stratifiedFolds(cohort.train, { folds: 5, seed: 0 })) …
 */
export function stratifiedFolds<C extends Patient>(cases: readonly C[], { folds, seed }: FoldsConfig): readonly Split<C>[] {
  const sorted = [...cases].sort(byId);
  checkPatients(sorted);
  const classes = byClass(sorted);
  const most = Math.min(...classes.map(({ length }) => length));
  if (!(Number.isInteger(folds) && folds >= 2 && folds <= most)) {
    throw badSplit(
      'the cases cannot be divided into that many folds',
      `2 to ${most} folds, as many as the smaller class has cases`,
      String(folds),
    );
  }
  // dealt like cards, class 1 going on where class 0 ended, so that the folds' sizes too differ by one at most
  const dealt = classes.flatMap((members, label) => rng(seed).child('folds').child(label).shuffle(members));
  const foldOf = new Map(dealt.map(({ id }, i) => [id, i % folds]));
  return splitsOf(sorted, folds, ({ id }) => foldOf.get(id)!);
}

/** How often a division is repeated, each time at random. */
export interface RepeatedFoldsConfig extends FoldsConfig {
  readonly repeats: number;
}

/**
 * Divides labeled cases into folds several times over, each time otherwise. The n-th division is the same however many there are.
 *
 * @returns a division a repeat, each as {@link stratifiedFolds} gives it
 * @throws `MgmtError` `cohort/bad-split` as `stratifiedFolds`, and for less than one repeat
 * @example
 * repeatedFolds(cohort.train, { folds: 5, repeats: 10, seed: 0 }).flat(); // 50 splits
 */
export function repeatedFolds<C extends Patient>(
  cases: readonly C[],
  { folds, repeats, seed }: RepeatedFoldsConfig,
): readonly (readonly Split<C>[])[] {
  if (!(Number.isInteger(repeats) && repeats >= 1)) throw badSplit('the folds cannot be repeated so often', 'at least 1', String(repeats));
  return Array.from({ length: repeats }, (_, n) =>
    stratifiedFolds(cases, {
      folds,
      seed: rng(seed)
        .child('repeats')
        .child(n)
        .integer(0, 2 ** 32),
    }),
  );
}

/** The splits that hold out one fold each. */
export function splitsOf<C>(cases: readonly C[], folds: number, foldOf: (c: C) => number): readonly Split<C>[] {
  return Array.from({ length: folds }, (_, fold) =>
    splitOf(
      cases.filter((c) => foldOf(c) !== fold),
      cases.filter((c) => foldOf(c) === fold),
    ),
  );
}
