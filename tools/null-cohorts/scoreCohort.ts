import { type Rng, rng } from '@mgmt/core';
import { phantomCase, phantomConfig } from '@mgmt/cohort';
import { seedMeanAucInterval, type SeedMeanInterval } from '@mgmt/evaluation';
import { minMaxPerSlice, resizeVolume, toAxial } from '@mgmt/preprocess';
import { logit, ridgeLogistic } from './ridgeLogistic.js';

/** One phantom cohort, scored as a study scores one. */
export interface CohortScore extends SeedMeanInterval {
  readonly cohort: number;
  readonly holdsHalf: boolean;
}

/** What all cohorts of a run share. */
export interface NullCohortConfig {
  readonly signal: number;
  /** Trainings, each on another bootstrap sample of the training cases: the cheap classifier's seeds. */
  readonly seeds: number;
  readonly resamples: number;
}

/**
 * Makes a cohort of Table 2's size in memory (585 cases; 56 and 61 of them to validate on), trains a linear classifier from several seeds on coarse
 * T1wCE volumes, and takes the interval of the mean AUC over seeds on the validation cases.
 */
export function scoreCohort(cohort: number, { signal, seeds, resamples }: NullCohortConfig): CohortScore {
  const config = phantomConfig({ cases: CASES, testCases: 0, seed: cohort, signal, shape: [10, 16, 16], modalities: ['T1wCE'] });
  const cases = Array.from({ length: CASES }, (_, index) => {
    const { label, render } = phantomCase(config, index);
    return { label, row: Float64Array.from(resizeVolume(minMaxPerSlice(toAxial(render('T1wCE'))), { shape: COARSE }).data) };
  });
  const random = rng(cohort).child('null cohorts');
  const validation = new Set([...pickFrom(cases, 0, VALIDATION[0], random), ...pickFrom(cases, 1, VALIDATION[1], random)]);
  const training = cases.filter((one) => !validation.has(one));
  standardize(
    cases.map(({ row }) => row),
    training.map(({ row }) => row),
  );

  const validated = [...validation];
  const scoresBySeed = Array.from({ length: seeds }, (_, seed) => {
    const draw = random.child('bag').child(seed);
    const bag = training.map(() => draw.pick(training));
    const model = ridgeLogistic(
      bag.map(({ row }) => row),
      bag.map(({ label }) => label),
      RIDGE,
      ITERATIONS,
    );
    return validated.map(({ row }) => logit(model, row));
  });
  const labels = validated.map(({ label }) => label);
  const interval = seedMeanAucInterval(labels, scoresBySeed, { resamples, rng: random.child('interval') });
  return { cohort, ...interval, holdsHalf: interval.low <= 0.5 && 0.5 <= interval.high };
}

const CASES = 585;
const VALIDATION = [56, 61] as const; // of class 0, of class 1: the paper's Table 2
const COARSE = [5, 8, 8] as const; // [slice, row, column]
const RIDGE = 0.1;
const ITERATIONS = 60;

function pickFrom<T extends { readonly label: 0 | 1 }>(cases: readonly T[], label: 0 | 1, count: number, random: Rng): T[] {
  const ofClass = cases.filter((one) => one.label === label);
  return random.child('split').child(label).shuffle(ofClass).slice(0, count);
}

/** Brings each feature to mean 0 and deviation 1 over the training rows; all rows are changed in place. */
function standardize(rows: readonly Float64Array[], training: readonly Float64Array[]): void {
  for (let f = 0; f < rows[0]!.length; f++) {
    const mean = training.reduce((sum, row) => sum + row[f]!, 0) / training.length;
    const deviation = Math.sqrt(training.reduce((sum, row) => sum + (row[f]! - mean) ** 2, 0) / training.length) || 1;
    for (const row of rows) row[f] = (row[f]! - mean) / deviation;
  }
}
