import type { Rng } from '@mgmt/core';
import type { BinaryLabel } from '../src/index.js';

/** How scores are made up. */
export interface Simulated {
  readonly seeds: number;
  /** Share of a score's variance that is the patient's, the same in every seed; the rest is each seed's own. */
  readonly shared: number;
  /** How far class 1 lies above class 0, in deviations. */
  readonly shift?: number;
}

/** `[seeds][n]`, normal within each class, of variance 1. */
export function seedScores(labels: readonly BinaryLabel[], rng: Rng, { seeds, shared, shift = 0 }: Simulated): number[][] {
  const patients = labels.map(() => rng.normal());
  return Array.from({ length: seeds }, () =>
    labels.map((label, i) => shift * label + Math.sqrt(shared) * patients[i]! + Math.sqrt(1 - shared) * rng.normal()),
  );
}

/** The shift that gives normal scores this AUC: sqrt(2) times the normal quantile. 0.7 by its known value. */
export const SHIFT_OF_AUC = { 0.5: 0, 0.7: Math.SQRT2 * 0.5244005127080407 } as const;
