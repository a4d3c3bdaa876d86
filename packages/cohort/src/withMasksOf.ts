import type { Case, Cohort } from './cohort.js';

/**
 * A cohort whose cases have the masks of the cases of the same ids in another: the masks of a BraTS 2021 tree beside the RSNA-MICCAI series. A mask that a
 * case already has stays. Masks lie on their own cohort's grid.
 *
 * @example
 * const cohort = withMasksOf(await readRsnaCohort('data/rsna'), await readBrats2021('data/brats2021'));
 */
export function withMasksOf(cohort: Cohort, masks: Pick<Cohort, 'train' | 'test'>): Cohort {
  const byId = new Map([...masks.train, ...masks.test].map(({ id, mask }) => [id, mask]));
  const masked = (c: Case): Case => {
    const mask = c.mask ?? byId.get(c.id);
    return mask === undefined ? c : { ...c, mask };
  };
  return { ...cohort, train: cohort.train.map(masked), test: cohort.test.map(masked) };
}
