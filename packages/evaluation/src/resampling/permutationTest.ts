import { checkLabeledScores, type BinaryLabel } from '../checkBinaryScores.js';
import { checkCount } from '../checkValues.js';
import { labelings, permutationResult, type PermutationOptions, type PermutationResult } from './permute.js';

/**
 * Permutation test of "labels and the rest have no connection", for any statistic of the labels.
 *
 * @param labels - `[n]`, 0 or 1; of one class alone there is one arrangement, and p is 1
 * @param statistic - of `[n]` labels, dealt out anew; the array is the same at every call. Must be finite
 * @param options - arrangements, side, and the random stream
 * @throws `MgmtError` `evaluation/empty`, `evaluation/bad-label`, `evaluation/bad-option`, `evaluation/undefined-statistic`
 * @remarks Two-sided p is twice the smaller tail, as in SciPy's `permutation_test`. Drawn arrangements count the observed one among them (Phipson & Smyth
 * 2010, doi:10.2202/1544-6115.1585). Cases must be exchangeable: of slices, permute patients.
 * @example
 * permutationTest(labels, (dealt) => averagePrecision(dealt, scores), { rng: rng(0), alternative: 'greater' }).p; // 0.03
 */
export function permutationTest<Keep extends boolean = false>(
  labels: ArrayLike<BinaryLabel>,
  statistic: (labels: ArrayLike<BinaryLabel>) => number,
  { permutations = 9999, rng, ...result }: PermutationOptions<Keep>,
): PermutationResult<Keep> {
  checkCount(permutations, 'permutations');
  const { labels: checked } = checkLabeledScores(labels, Array.from(labels, Number));
  const of = (dealt: Uint8Array) => statistic(dealt as ArrayLike<number> as ArrayLike<BinaryLabel>);
  return permutationResult(of(checked.slice()), labelings(checked, permutations, rng), of, result);
}
