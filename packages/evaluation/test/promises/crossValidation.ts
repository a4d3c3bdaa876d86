import type { Rng } from '@mgmt/core';
import type { BinaryLabel, FoldScores } from '../../src/index.js';
import { normalTail } from '../../src/normal.js';

/** A cross-validation of simulated cases. */
export interface Validation {
  readonly folds: number;
  readonly repetitions: number;
  /** How far class 1 lies above class 0 in the first of three normal features, in deviations; 0, where features say nothing, by default. */
  readonly shift?: number;
  /** Other features of the same cases, by name; the parts stay the same. */
  readonly features?: string;
}

/** What one model of it says of the cases left out, and its AUC on all cases there might be. */
export interface ValidatedFold extends FoldScores {
  readonly trueAuc: number;
}

/** Repeated, stratified cross-validation of a nearest-centroid classifier. */
export function crossValidate(
  labels: readonly BinaryLabel[],
  rng: Rng,
  { folds, repetitions, shift = 0, features = 'all' }: Validation,
): ValidatedFold[] {
  const drawn = rng.child(features);
  const rows = labels.map((label) => [drawn.normal() + shift * label, drawn.normal(), drawn.normal()]);
  return Array.from({ length: repetitions }, (_, repetition) => splitCases(labels, folds, rng.child('split').child(repetition)))
    .flat()
    .map((patients) => {
      const direction = towardsClass1(rows, labels, new Set(patients));
      const score = (row: readonly number[]) => row.reduce((sum, x, f) => sum + x * direction[f]!, 0);
      return {
        labels: patients.map((i) => labels[i]!),
        scores: patients.map((i) => score(rows[i]!)),
        patients,
        trueAuc: normalTail((-direction[0]! * shift) / (Math.hypot(...direction) * Math.SQRT2)),
      };
    });
}

/** The cases dealt out over folds, class by class. */
export function splitCases(labels: readonly BinaryLabel[], folds: number, rng: Rng): number[][] {
  const dealt = ([0, 1] as const).flatMap((label) => rng.shuffle([...labels.keys()].filter((i) => labels[i] === label)));
  return Array.from({ length: folds }, (_, fold) => dealt.filter((_, k) => k % folds === fold));
}

/** From the mean of class 0 to that of class 1, over all cases but those left out. */
function towardsClass1(rows: readonly (readonly number[])[], labels: readonly BinaryLabel[], leftOut: ReadonlySet<number>): number[] {
  const counts = [0, 0];
  const sums = rows[0]!.map(() => [0, 0]);
  labels.forEach((label, i) => {
    if (leftOut.has(i)) return;
    counts[label]!++;
    rows[i]!.forEach((x, f) => (sums[f]![label]! += x));
  });
  return sums.map(([zero, one]) => one! / counts[1]! - zero! / counts[0]!);
}
