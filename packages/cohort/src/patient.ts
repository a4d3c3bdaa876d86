import { MgmtError } from '@mgmt/core';
import type { Case } from './cohort.js';

/** What a split is made of: a case that may be trained on, whole. A slice is none, nor is a case of an external cohort. */
export interface Patient extends Pick<Case, 'id' | 'label' | 'external'> {
  readonly patient?: never;
}

declare const patientsApart: unique symbol;

/**
 * Two sets without a common patient, each by id. Only the functions that divide patients make one: the mark is a promise of theirs, and no object that is put
 * together otherwise has this type.
 */
export interface Split<C> {
  readonly train: readonly C[];
  readonly validation: readonly C[];
  /** For the compiler alone; there is no such member. */
  readonly [patientsApart]: true;
}

/** A split of sets that have no patient in common, which is for the caller to know. */
export const splitOf = <C>(train: readonly C[], validation: readonly C[]): Split<C> => ({ train, validation }) as Split<C>;

/**
 * Makes sure that patients can be divided.
 *
 * @param sorted - by id
 * @throws `MgmtError` `cohort/bad-split` for a case without label, an id that comes twice, a slice, a case of an external cohort
 */
export function checkPatients(sorted: readonly Patient[]): void {
  sorted.forEach((patient: Patient | { readonly external: true; readonly id: string; readonly label: Patient['label'] }, i) => {
    const { id, label } = patient;
    if (patient.external) throw badSplit(`the case ${id} is of an external cohort`, 'cases that may be trained on', 'one to be kept apart');
    if ('patient' in patient) throw badSplit('these are slices', 'patients, whole', `an item of the patient ${String(id)}`);
    if (label === null) throw badSplit(`the case ${id} has no label`, 'labeled cases', 'none');
    if (sorted[i + 1]?.id === id) throw badSplit(`the case ${id} comes twice`, 'each patient once', 'two');
  });
}

/** The error of what cannot be divided. */
export const badSplit = (sentence: string, expected: string, found: string): MgmtError =>
  new MgmtError(sentence, { code: 'cohort/bad-split', expected, found });

/** Whole patients of each class: those of class 0, those of class 1. */
export const byClass = <C extends Patient>(cases: readonly C[]): readonly [C[], C[]] => [
  cases.filter(({ label }) => label === 0),
  cases.filter(({ label }) => label === 1),
];
