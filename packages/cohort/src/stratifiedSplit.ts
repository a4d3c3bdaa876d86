import { rng } from '@mgmt/core';
import { byId } from './byId.js';
import { badSplit, byClass, checkPatients, type Patient, type Split, splitOf } from './patient.js';

/** How many cases of each class are held out, or which share of all. */
export type SplitConfig = { readonly seed: number } & (
  | {
      /** Of each class, exactly. */
      readonly validationCounts: { readonly 0: number; readonly 1: number };
    }
  | {
      /** Between 0 and 1, of all cases, rounded up as scikit-learn does; divided between the classes by their sizes. */
      readonly validationShare: number;
    }
);

/**
 * Divides labeled cases at random so that both sets have the same mixture of classes.
 *
 * The division depends on ids, labels and seed alone, not on the order of the cases.
 *
 * @throws `MgmtError` `cohort/bad-split` for a case without label, an id that comes twice, a case of an external cohort, more validation cases than there
 * are, a share beyond (0, 1)
 * @example
 * stratifiedSplit(cohort.train, { validationCounts: { 0: 56, 1: 61 }, seed: 0 }); // the paper's Table 2: 222 and 246 are left to train on
 * stratifiedSplit(cohort.train, { validationShare: 0.2, seed: 0 }); // of 585 the same numbers; of the 582 without the excluded: 465 and 117
 */
export function stratifiedSplit<C extends Patient>(cases: readonly C[], config: SplitConfig): Split<C> {
  const sorted = [...cases].sort(byId);
  checkPatients(sorted);
  const classes = byClass(sorted);
  const counts = validationCounts(
    classes.map(({ length }) => length),
    config,
  );
  const shuffled = classes.map((members, label) => rng(config.seed).child('split').child(label).shuffle(members));
  return splitOf(
    shuffled.flatMap((members, label) => members.slice(counts[label])).sort(byId),
    shuffled.flatMap((members, label) => members.slice(0, counts[label])).sort(byId),
  );
}

function validationCounts(sizes: readonly number[], config: SplitConfig): readonly number[] {
  if ('validationCounts' in config) {
    const counts = [config.validationCounts[0], config.validationCounts[1]];
    if (!counts.every((count, label) => Number.isInteger(count) && count >= 0 && count <= sizes[label]!)) {
      throw badSplit(
        'there are not that many cases to hold out',
        `at most ${sizes.join(' of class 0 and ')} of class 1`,
        counts.join(' and '),
      );
    }
    return counts;
  }
  const { validationShare: share } = config;
  if (!(share > 0 && share < 1)) throw badSplit('the share to hold out is not valid', 'a number between 0 and 1', String(share));
  const quotas = sizes.map((size) => size * share);
  const total = Math.ceil((sizes[0]! + sizes[1]!) * share - 1e-9); // 100 x 0.07 is 7, not 7.000000000000001
  const counts = quotas.map(Math.floor);
  const remainder = (label: number) => Number((quotas[label]! - counts[label]!).toFixed(9));
  const byRemainder = [0, 1].sort((a, b) => remainder(b) - remainder(a) || sizes[b]! - sizes[a]!); // of equal ones the larger class first
  for (const label of byRemainder.slice(0, total - counts[0]! - counts[1]!)) counts[label]!++;
  return counts;
}
