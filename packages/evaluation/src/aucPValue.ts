import { chanceAucStandardError } from './chanceAucStandardError.js';
import { checkBinaryScores, type BinaryLabel, type BinaryScores } from './checkBinaryScores.js';
import { delongEstimate } from './delongEstimate.js';
import { logitPValue } from './logitScale.js';
import { normalTail } from './normal.js';
import { pairwiseWins } from './pairwiseWins.js';
import { aucOfWins } from './rocAuc.js';
import { tieGroups } from './tieGroups.js';

/** How the spread of the AUC is found. */
export interface AucPValueOptions {
  /**
   * `chance` (the default): the spread that guessing has, known exactly and corrected for ties, which is what a test against guessing asks for.
   * `delong`: the spread of this sample, in step with {@link delongInterval}: below `1 - level` exactly where that interval leaves out 0.5.
   */
  readonly spread?: 'chance' | 'delong';
}

/**
 * Two-sided p-value of "the true AUC is 0.5": how often chance alone carries the AUC as far from 0.5, by the normal approximation.
 *
 * Equal scores throughout give 1. Of `delong`, perfect separation gives two times 0.5 to the power of the smaller class, an upper bound.
 *
 * @param labels - `[n]`, 0 or 1, both present (for `delong` two of each)
 * @param scores - `[n]`, finite, larger speaks for class 1
 * @param options - the kind of spread
 * @throws `MgmtError` as {@link rocAuc}, and `evaluation/too-few` for `delong`
 * @remarks `chance` is the Mann-Whitney U test without continuity correction; its approximation is good from about ten cases of each class.
 * @example
 * aucPValue(labels, scores); // 0.0091 where the AUC is 0.64 with 61 and 56 cases
 */
export function aucPValue(labels: ArrayLike<BinaryLabel>, scores: ArrayLike<number>, { spread = 'chance' }: AucPValueOptions = {}): number {
  const checked = checkBinaryScores(labels, scores);
  if (spread === 'delong') {
    const { mean: auc, variance } = delongEstimate([checked]);
    return logitPValue({ auc, variance, smallerClass: Math.min(checked.negatives, checked.positives) });
  }
  const distance = Math.abs(aucOfWins(checked, pairwiseWins(checked)) - 0.5);
  return distance === 0
    ? 1
    : 2 * normalTail(distance / (chanceAucStandardError(checked.positives, checked.negatives) * tieFactor(checked)));
}

/** By how much ties narrow the spread: 1 without, 0 where all are equal. Lehmann 1975, Nonparametrics, section 1.4. */
function tieFactor({ scores }: BinaryScores): number {
  const { starts } = tieGroups(scores);
  const n = scores.length;
  let tied = 0;
  for (let g = 0; g + 1 < starts.length; g++) tied += (starts[g + 1]! - starts[g]!) ** 3 - (starts[g + 1]! - starts[g]!);
  return Math.sqrt(1 - tied / (n ** 3 - n));
}
