import { MgmtError } from '@mgmt/core';
import { studentQuantile, studentTail } from './beta.js';
import { checkCount, checkFinite, checkLevel } from './checkValues.js';
import type { IntervalOptions } from './delongInterval.js';

/** The sizes of the parts in repeated cross-validation. */
export interface CorrectedTTestOptions extends IntervalOptions {
  /** Cases in a test part: of five folds of 585, 117. */
  readonly testCases: number;
  /** Cases in a training part: 468. */
  readonly trainingCases: number;
}

/** A mean difference, and where the true one lies. */
export interface CorrectedTTest {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Student's t, of one degree of freedom less than there are differences. */
  readonly t: number;
  /** Two-sided, of no difference. */
  readonly p: number;
}

/**
 * Nadeau and Bengio's corrected t test: do two trainings differ, from the differences of their scores in repeated cross-validation?
 *
 * The parts share cases, so the differences are alike and the plain t test finds far too much. Here their correlation is taken to be the share of a test
 * part, testCases / (testCases + trainingCases): a rule of thumb. Where neither model learns anything it is too small, since every two cases meet twice, each
 * once in the other's training: of models trained on noise, five folds ten times, 14 of 100 comparisons then have p below 0.05. Where p decides
 * something, take a test set apart and {@link delongTest}.
 *
 * @param differences - `[parts]`, one model less the other on the same test part, two or more; all 0 give p = 1
 * @param options - sizes of the parts, and the level
 * @throws `MgmtError` `evaluation/empty`, `evaluation/not-finite`, `evaluation/bad-option`, and `evaluation/too-few` of one difference or where all are equal but
 * not 0
 * @remarks Nadeau & Bengio 2003, doi:10.1023/A:1024068626366; over repetitions Bouckaert & Frank 2004, doi:10.1007/978-3-540-24775-3_3.
 * @example
 * correctedTTest(differences, { testCases: 117, trainingCases: 468 }); // { mean: 0.01, low: -0.05, high: 0.07, t: 0.4, p: 0.69 }
 */
export function correctedTTest(
  differences: ArrayLike<number>,
  { testCases, trainingCases, level = 0.95 }: CorrectedTTestOptions,
): CorrectedTTest {
  checkLevel(level);
  checkCount(testCases, 'testCases');
  checkCount(trainingCases, 'trainingCases');
  const checked = checkFinite(differences, 'differences');
  if (checked.every((value) => value === 0)) return { mean: 0, low: 0, high: 0, t: 0, p: 1 };
  const degrees = checked.length - 1;
  const mean = checked.reduce((sum, value) => sum + value, 0) / checked.length;
  if (checked.every((value) => value === checked[0])) {
    throw new MgmtError('the spread of the differences cannot be told', {
      code: 'evaluation/too-few',
      expected: 'two different differences or more',
      found: `${checked.length} of ${mean}`,
    });
  }
  const variance = checked.reduce((sum, value) => sum + (value - mean) ** 2, 0) / degrees;
  const error = Math.sqrt(variance * (1 / checked.length + testCases / trainingCases));
  const half = studentQuantile((1 + level) / 2, degrees) * error;
  return { mean, low: mean - half, high: mean + half, t: mean / error, p: 2 * studentTail(Math.abs(mean) / error, degrees) };
}
