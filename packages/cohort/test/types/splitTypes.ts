// Not run: splitTypes.test.ts has it compiled. Each line marked as an error must be one.
import {
  type Case,
  type ExternalCohort,
  groupedFolds,
  type LeakingSplit,
  repeatedFolds,
  type SliceOf,
  slicesOfSplit,
  type Split,
  splitSlicesLeakingPatients,
  stratifiedFolds,
  stratifiedSplit,
} from '../../src/index.js';

declare const cases: readonly Case[];
declare const slices: readonly SliceOf<Case>[];
declare const external: ExternalCohort;
declare function train(split: Split<SliceOf<Case>>): void;
const posing = slices.map((slice) => ({ ...slice, id: slice.patient.id, label: slice.patient.label }));
const share = { validationShare: 0.2, seed: 0 };

const split = stratifiedSplit(cases, share);
train(slicesOfSplit(split, () => [1, 2, 3]));
const leaking: LeakingSplit<Case> = splitSlicesLeakingPatients(slices, share);

// @ts-expect-error a slice is no patient
stratifiedSplit(slices, share);
// @ts-expect-error nor is one that carries its patient's id and label
stratifiedSplit(posing, share);
// @ts-expect-error a slice is no patient
stratifiedFolds(slices, { folds: 5, seed: 0 });
// @ts-expect-error a slice is no patient
repeatedFolds(slices, { folds: 5, repeats: 2, seed: 0 });
// @ts-expect-error a slice is no patient
groupedFolds(slices, { groupOf: ({ patient }: SliceOf<Case>) => patient.id, folds: 5, seed: 0 });
// @ts-expect-error a split that leaks is no split
train(leaking);
// @ts-expect-error nor are two sets that somebody put together
train({ train: slices.slice(0, 9), validation: slices.slice(9) });
// @ts-expect-error an external case is not trained on
stratifiedSplit(external.cases, share);
// @ts-expect-error an external case is not trained on
stratifiedFolds(external.cases, { folds: 5, seed: 0 });
// @ts-expect-error an external case is not trained on
const trained: readonly Case[] = external.cases;

export { trained };
