import { MgmtError } from '@mgmt/core';
import { checkCount, checkFinite } from '../checkValues.js';
import { permutationResult, swaps, type PermutationOptions, type PermutationResult } from './permute.js';

/**
 * Permutation test of "it makes no difference which of the two a value is from", for paired values and any statistic of both samples: in each
 * arrangement some pairs are swapped.
 *
 * @param first - `[n]`, finite
 * @param second - `[n]`, finite, of the same cases and on the same scale
 * @param statistic - of both samples; the arrays are the same at every call. Must be finite; one that changes its sign when they change places, as a
 * difference, suits the two-sided test
 * @param options - arrangements, side, and the random stream
 * @throws `MgmtError` `evaluation/empty`, `evaluation/not-finite`, `evaluation/length-mismatch`, `evaluation/bad-option`, `evaluation/undefined-statistic`
 * @remarks SciPy's `permutation_test` with `permutation_type="samples"`.
 * @example
 * pairedPermutationTest(a, b, (x, y) => logLoss(labels, x) - logLoss(labels, y), { rng: rng(0) }).p; // 0.2
 */
export function pairedPermutationTest<Keep extends boolean = false>(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  statistic: (first: Float64Array, second: Float64Array) => number,
  { permutations = 9999, rng, ...result }: PermutationOptions<Keep>,
): PermutationResult<Keep> {
  checkCount(permutations, 'permutations');
  const [a, b] = [checkFinite(first), checkFinite(second)];
  if (a.length !== b.length) {
    throw new MgmtError('paired values come in pairs', {
      code: 'evaluation/length-mismatch',
      expected: `${a.length} values, as many as of the first`,
      found: String(b.length),
    });
  }
  const [x, y] = [a.slice(), b.slice()];
  const swapped = (swap: Uint8Array) => {
    for (let i = 0; i < swap.length; i++) {
      x[i] = swap[i] === 1 ? b[i]! : a[i]!;
      y[i] = swap[i] === 1 ? a[i]! : b[i]!;
    }
    return statistic(x, y);
  };
  return permutationResult(swapped(new Uint8Array(a.length)), swaps(a.length, permutations, rng), swapped, result);
}
