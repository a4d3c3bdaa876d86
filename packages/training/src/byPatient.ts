import { MgmtError } from '@mgmt/core';

/** Scores that can be gathered: those of `predict` and `evaluate` are some. */
export interface Scores {
  /** `[n]` */
  readonly ids: readonly string[];
  /** `[n]`, or `[n, classes]` in C order. */
  readonly probabilities: Float32Array;
  /** How many probabilities an id has. */
  readonly classes: number;
  /** `[n]`, the class of each. */
  readonly labels?: Float32Array;
}

/**
 * The scores of patients from those of their slices: the mean of the probabilities. Patients come in the order of their first slices.
 *
 * @param patientOf - the patient of an id
 * @returns a score for each patient, of the same form; labels where the slices have them
 * @throws `MgmtError` `training/patient-of-two-classes` where the labels of a patient's slices differ
 * @example
 * const { ids, probabilities } = byPatient(await predict(model, slices), (id) => id.split('/')[0]!);
 */
export function byPatient<S extends Scores>(scores: S, patientOf: (id: string) => string): Pick<S, keyof Scores> {
  const { ids, classes, labels } = scores;
  const slices = new Map<string, number[]>();
  ids.forEach((id, i) => {
    const patient = patientOf(id);
    const known = slices.get(patient);
    if (known) known.push(i);
    else slices.set(patient, [i]);
  });
  const patients = [...slices.keys()];
  const probabilities = new Float32Array(patients.length * classes);
  patients.forEach((patient, p) => {
    const own = slices.get(patient)!;
    for (let c = 0; c < classes; c++) probabilities[p * classes + c] = mean(own.map((i) => scores.probabilities[i * classes + c]!));
  });
  return { ids: patients, probabilities, classes, ...(labels && { labels: labelsOf(slices, labels) }) } as Pick<S, keyof Scores>;
}

/** `[patients]` */
function labelsOf(slices: ReadonlyMap<string, readonly number[]>, labels: Float32Array): Float32Array {
  return Float32Array.from(slices, ([patient, own]) => {
    const label = labels[own[0]!]!;
    const other = own.find((i) => labels[i] !== label);
    if (other === undefined) return label;
    throw new MgmtError('the slices of one patient have different labels', {
      code: 'training/patient-of-two-classes',
      where: patient,
      found: `${label} and ${labels[other]}`,
    });
  });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
