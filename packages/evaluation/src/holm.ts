import { checkProbabilities } from './checkValues.js';

/**
 * P-values corrected step by step: the smallest times their number, the next times one less, and so on, never falling, at most 1.
 *
 * @param pValues - `[tests]`, in [0, 1]
 * @returns `[tests]`, in the given order
 * @throws `MgmtError` `evaluation/empty`, `evaluation/not-finite`, `evaluation/not-a-probability`
 * @remarks Holm 1979, https://www.jstor.org/stable/4615733. Holds the chance of even one false finding below the level, whatever the dependence.
 * @example
 * holm([0.01, 0.04, 0.5]); // [0.03, 0.08, 0.5]
 */
export function holm(pValues: ArrayLike<number>): number[] {
  const checked = checkProbabilities(pValues, 'p-values');
  const rising = Array.from(checked.keys()).sort((a, b) => checked[a]! - checked[b]!);
  const adjusted = new Array<number>(checked.length);
  let largest = 0;
  rising.forEach((test, rank) => {
    largest = Math.max(largest, Math.min(1, checked[test]! * (checked.length - rank)));
    adjusted[test] = largest;
  });
  return adjusted;
}
