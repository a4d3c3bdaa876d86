import { checkProbabilities } from './checkValues.js';

/**
 * P-values made fit for picking findings out of many: among those at most q the expected share of false ones is at most q. A weaker promise than
 * {@link holm}'s, which guards against even one.
 *
 * @param pValues - `[tests]`, in [0, 1]
 * @returns `[tests]`, in the given order
 * @throws `MgmtError` `evaluation/empty`, `evaluation/not-finite`, `evaluation/not-a-probability`
 * @remarks Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x. For tests that are independent or depend positively, as those of models on
 * the same cases.
 * @example
 * benjaminiHochberg([0.01, 0.04, 0.5]); // [0.03, 0.06, 0.5]
 */
export function benjaminiHochberg(pValues: ArrayLike<number>): number[] {
  const checked = checkProbabilities(pValues, 'p-values');
  const falling = Array.from(checked.keys()).sort((a, b) => checked[b]! - checked[a]!);
  const adjusted = new Array<number>(checked.length);
  let smallest = 1;
  falling.forEach((test, k) => {
    smallest = Math.min(smallest, (checked[test]! * checked.length) / (checked.length - k));
    adjusted[test] = smallest;
  });
  return adjusted;
}
