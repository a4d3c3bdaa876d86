import { aucDifference, type AucDifference } from './aucDifference.js';
import { checkSeedScores, checkTwoOfEach, type BinaryLabel, type BinaryScores } from './checkBinaryScores.js';
import { checkLevel } from './checkValues.js';
import { delongDeviations, dot } from './delongDeviations.js';
import type { IntervalOptions } from './delongInterval.js';
import { normalQuantile, normalTail } from './normal.js';

/**
 * Do two models that scored the same cases differ in AUC? DeLong's paired test, and the interval of the difference.
 *
 * Where nothing varies, as of two perfect models or a model and itself, the interval follows from the interval of each AUC alone, which is conservative,
 * and p is 1 for no difference, else two times 0.5 to the power of the smaller class. Where only one is perfect, it counts as if it were so on all
 * cases; the interval is then somewhat too narrow.
 *
 * @param labels - `[n]`, 0 or 1, two of each or more
 * @param first - `[n]`, finite, larger speaks for class 1
 * @param second - `[n]`, of the same cases; may have another scale
 * @param options - the level
 * @throws `MgmtError` as {@link rocAuc}, and `evaluation/too-few`, `evaluation/bad-option`
 * @remarks DeLong et al. 1988, doi:10.2307/2531595; pROC's `roc.test` with `method="delong", paired=TRUE`. Not for a model and one that was fitted from it
 * by adding inputs, on the same cases: there the null distribution is another (Demler et al. 2012, doi:10.1002/sim.5328).
 * @example
 * delongTest(labels, resnet, vit); // { aucs: [0.62, 0.58], difference: 0.04, variance: 0.0031, low: -0.07, high: 0.15, p: 0.47 }
 */
export function delongTest(
  labels: ArrayLike<BinaryLabel>,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  { level = 0.95 }: IntervalOptions = {},
): AucDifference {
  checkLevel(level);
  const [scored, other] = checkSeedScores(labels, [first, second], 'model') as [BinaryScores, BinaryScores];
  checkTwoOfEach(scored);
  const [a, b] = [delongDeviations(scored), delongDeviations(other)];
  const apart = a.deviations.map((deviation, i) => deviation - b.deviations[i]!);
  const smallerClass = Math.min(scored.negatives, scored.positives);
  const estimated = (model: typeof a) => ({ auc: model.auc, variance: dot(model.deviations, model.deviations), smallerClass });
  return aucDifference([estimated(a), estimated(b)], dot(apart, apart), level, { quantile: normalQuantile, tail: normalTail });
}
