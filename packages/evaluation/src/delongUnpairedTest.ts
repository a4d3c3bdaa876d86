import { aucDifference, type AucDifference } from './aucDifference.js';
import { studentQuantile, studentTail } from './beta.js';
import { checkBinaryScores, checkTwoOfEach, type BinaryLabel } from './checkBinaryScores.js';
import { checkLevel } from './checkValues.js';
import { delongDeviations, dot } from './delongDeviations.js';
import type { IntervalOptions } from './delongInterval.js';

/** Labels and scores of one set of cases. */
export interface LabeledScores {
  /** `[n]`, 0 or 1. */
  readonly labels: ArrayLike<BinaryLabel>;
  /** `[n]`, finite, larger speaks for class 1. */
  readonly scores: ArrayLike<number>;
}

/** Two AUCs on different cases compared. */
export interface UnpairedAucDifference extends AucDifference {
  /** Of Student's t, after Welch and Satterthwaite; NaN where nothing varies. */
  readonly degreesOfFreedom: number;
}

/**
 * Do two AUCs on different cases differ, as of one model in two hospitals? DeLong's unpaired test, and the interval of the difference. Cases in common
 * make it conservative or worse: for the same cases take {@link delongTest}.
 *
 * Where nothing varies the result is that of {@link delongTest}.
 *
 * @param first - two cases of each class or more
 * @param second - the same of other cases
 * @param options - the level
 * @throws `MgmtError` as {@link rocAuc}, and `evaluation/too-few`, `evaluation/bad-option`
 * @remarks pROC's `roc.test` with `method="delong", paired=FALSE`: Student's t with n - 1 degrees of freedom a side.
 * @example
 * delongUnpairedTest({ labels: labelsA, scores: scoresA }, { labels: labelsB, scores: scoresB }).p; // 0.31
 */
export function delongUnpairedTest(
  first: LabeledScores,
  second: LabeledScores,
  { level = 0.95 }: IntervalOptions = {},
): UnpairedAucDifference {
  checkLevel(level);
  const a = estimate(first, 'first');
  const b = estimate(second, 'second');
  const variance = a.variance + b.variance;
  const degreesOfFreedom = variance ** 2 / (a.variance ** 2 / (a.cases - 1) + b.variance ** 2 / (b.cases - 1));
  const spread = {
    quantile: (probability: number) => studentQuantile(probability, degreesOfFreedom),
    tail: (t: number) => studentTail(t, degreesOfFreedom),
  };
  return { ...aucDifference([a, b], variance, level, spread), degreesOfFreedom };
}

function estimate({ labels, scores }: LabeledScores, where: string) {
  const checked = checkBinaryScores(labels, scores, where);
  checkTwoOfEach(checked);
  const { auc, deviations } = delongDeviations(checked);
  return {
    auc,
    variance: dot(deviations, deviations),
    smallerClass: Math.min(checked.negatives, checked.positives),
    cases: scores.length,
  };
}
