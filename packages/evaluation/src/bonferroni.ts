import { checkProbabilities } from './checkValues.js';

/**
 * P-values made fit for being the smallest of many: each times their number, at most 1. The chance of even one false finding stays below the level.
 *
 * @param pValues - `[tests]`, in [0, 1]
 * @returns `[tests]`, in the given order
 * @throws `MgmtError` `evaluation/empty`, `evaluation/not-finite`, `evaluation/not-a-probability`
 * @remarks {@link holm} promises the same and finds more.
 * @example
 * bonferroni([0.01, 0.04, 0.5]); // [0.03, 0.12, 1]
 */
export function bonferroni(pValues: ArrayLike<number>): number[] {
  return Array.from(checkProbabilities(pValues, 'p-values'), (p) => Math.min(1, p * pValues.length));
}
