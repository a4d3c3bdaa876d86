import { rng } from '@mgmt/core';
import { badSplit, type Patient, type Split, splitOf } from './patient.js';

/** One slice of a patient's volume. It carries its patient, so that none gets lost on the way to a split. */
export interface SliceOf<P> {
  readonly patient: P;
  /** Along the volume's first axis, from 0. */
  readonly index: number;
}

/**
 * The slices of a split of patients, for networks that train on slices: a patient's are all on the side of the patient.
 *
 * @param indices - the slices of a patient that are taken
 * @example
 * const split = stratifiedSplit(cohort.train, { validationShare: 0.2, seed: 0 });
 * slicesOfSplit(split, ({ id }) => kept.get(id) ?? []);
 */
export function slicesOfSplit<P extends Patient>(
  { train, validation }: Split<P>,
  indices: (patient: P) => Iterable<number>,
): Split<SliceOf<P>> {
  const slicesOf = (patients: readonly P[]) => patients.flatMap((patient) => Array.from(indices(patient), (index) => ({ patient, index })));
  return splitOf(slicesOf(train), slicesOf(validation));
}

/** Two sets of slices that have patients in common. Nothing that takes a {@link Split} takes it. */
export interface LeakingSplit<P> {
  readonly train: readonly SliceOf<P>[];
  readonly validation: readonly SliceOf<P>[];
  /** Of the patients with validation slices, how many have training slices too. */
  readonly leakingPatients: number;
}

/**
 * Divides slices at random without regard to their patients, as some published work did: a network is then tried on brains that it was trained on. It serves
 * to show what that is worth, and nothing else.
 *
 * @throws `MgmtError` `cohort/bad-split` for a share beyond (0, 1)
 * @example
 * const leaking = splitSlicesLeakingPatients(slices, { validationShare: 0.2, seed: 0 });
 * leaking.leakingPatients; // as good as all
 */
export function splitSlicesLeakingPatients<P extends Patient>(
  slices: readonly SliceOf<P>[],
  { validationShare: share, seed }: { readonly validationShare: number; readonly seed: number },
): LeakingSplit<P> {
  if (!(share > 0 && share < 1)) throw badSplit('the share to hold out is not valid', 'a number between 0 and 1', String(share));
  const sorted = [...slices].sort(byPatient);
  const shuffled = rng(seed).child('leaking slices').shuffle(sorted);
  const held = Math.ceil(sorted.length * share - 1e-9);
  const [validation, train] = [shuffled.slice(0, held).sort(byPatient), shuffled.slice(held).sort(byPatient)];
  const trained = new Set(train.map(({ patient }) => patient.id));
  const leaking = new Set(validation.map(({ patient }) => patient.id).filter((id) => trained.has(id)));
  return { train, validation, leakingPatients: leaking.size };
}

const byPatient = (a: SliceOf<Patient>, b: SliceOf<Patient>) =>
  a.patient.id < b.patient.id ? -1 : a.patient.id > b.patient.id ? 1 : a.index - b.index;
