import { checkBinaryScores, type BinaryLabel } from '../checkBinaryScores.js';
import { tieGroups } from '../tieGroups.js';
import type { IsotonicRecalibration } from './recalibration.js';

/**
 * The rising function of the score that is nearest to the labels in squares: it assumes nothing about the scores but their order, and takes some
 * hundred cases to be worth it.
 *
 * @param labels - `[n]`, 0 or 1, both present
 * @param scores - `[n]`, finite, larger speaks for class 1, on any scale
 * @returns for {@link recalibrate}; scores that tell nothing apart, or the wrong way round, give the share of class 1 for every case
 * @throws `MgmtError` as {@link rocAuc}
 * @remarks Pool adjacent violators: Ayer et al. 1955, doi:10.1214/aoms/1177728423. Equal scores are one point; inner points of a level stretch are
 * left out. As scikit-learn's `IsotonicRegression(out_of_bounds='clip')`. Zadrozny & Elkan 2002, doi:10.1145/775047.775151.
 */
export function isotonicScaling(labels: ArrayLike<BinaryLabel>, scores: ArrayLike<number>): IsotonicRecalibration {
  const checked = checkBinaryScores(labels, scores);
  const { order, starts } = tieGroups(checked.scores);
  const groups = starts.slice(0, -1).map((start, g) => {
    const members = order.subarray(start, starts[g + 1]);
    const ones = members.reduce((sum, i) => sum + checked.labels[i]!, 0);
    return { score: checked.scores[members[0]!]!, share: ones / members.length, count: members.length };
  });
  const fitted = poolAdjacentViolators(
    groups.map(({ share }) => share),
    groups.map(({ count }) => count),
  );
  const kept = groups.map((_, g) => g).filter((g) => fitted[g] !== fitted[g - 1] || fitted[g] !== fitted[g + 1]);
  return { kind: 'isotonic', scores: kept.map((g) => groups[g]!.score), probabilities: kept.map((g) => fitted[g]!) };
}

/** The sequence that does not fall and is nearest to the values in weighted squares. */
export function poolAdjacentViolators(values: readonly number[], weights: readonly number[]): number[] {
  const pools: { sum: number; weight: number; length: number }[] = [];
  values.forEach((value, i) => {
    let pool = { sum: value * weights[i]!, weight: weights[i]!, length: 1 };
    for (let last = pools.at(-1); last && last.sum / last.weight >= pool.sum / pool.weight; last = pools.at(-1)) {
      pools.pop();
      pool = { sum: last.sum + pool.sum, weight: last.weight + pool.weight, length: last.length + pool.length };
    }
    pools.push(pool);
  });
  return pools.flatMap(({ sum, weight, length }) => new Array<number>(length).fill(sum / weight));
}
