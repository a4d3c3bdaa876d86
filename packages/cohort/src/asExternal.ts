import { type AnyCohort, casesOf, type ExternalCohort } from './cohort.js';

/**
 * A cohort as one that models are only tried on. There is no way back: its cases are of a type that no split takes.
 *
 * @example
 * const external = asExternal(await readRsnaCohort('data/second-hospital'));
 * stratifiedSplit(external.cases, { validationShare: 0.2, seed: 0 }); // does not compile, and throws cohort/bad-split where types are not checked
 */
export function asExternal(cohort: AnyCohort): ExternalCohort {
  const { root, description, setAside } = cohort;
  return { root, description, setAside, cases: casesOf(cohort).map((c) => ({ ...c, external: true })) };
}
