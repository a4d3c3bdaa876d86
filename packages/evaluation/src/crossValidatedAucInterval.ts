import { MgmtError } from '@mgmt/core';
import { checkBinaryScores, checkTwoOfEach, type BinaryScores } from './checkBinaryScores.js';
import { checkLevel } from './checkValues.js';
import { delongDeviations, dot } from './delongDeviations.js';
import type { IntervalOptions } from './delongInterval.js';
import type { LabeledScores } from './delongUnpairedTest.js';
import { logitInterval } from './logitScale.js';

/** What one model of a cross-validation said about the cases it was not trained on. */
export interface FoldScores extends LabeledScores {
  /** `[n]`, whose the cases are. By default each case is a patient of its own, in no other fold. */
  readonly patients?: ArrayLike<string | number>;
}

/** How sure the interval is, and of what. */
export interface CrossValidatedOptions extends IntervalOptions {
  /**
   * `doubled` (the default): every two folds meet twice, each once in the other's training, and where there is no signal both meetings go the same way; the
   * error of the mean then has up to twice the variance that the cases tested show. `asymptotic`: not doubled, LeDell's, which is right for clear
   * signals and many cases, where the models hardly depend on which cases trained them. Of models trained on noise by five folds, 95 % intervals hold 0.5 in
   * 96 of 100 cohorts if doubled (94 if repeated twice), else in 86 (81).
   */
  readonly variance?: 'doubled' | 'asymptotic';
}

/** The mean AUC over folds, and where its true value lies. */
export interface CrossValidatedAuc {
  readonly mean: number;
  readonly variance: number;
  readonly low: number;
  readonly high: number;
  /** `[folds]`, the AUC of each. */
  readonly perFold: readonly number[];
}

/**
 * Confidence interval of the mean AUC over the folds of a cross-validation, or of repeated ones.
 *
 * Each fold has its own AUC, from its own model's scores: scores of different models are not on one scale, and the AUC of all folds together, pooled, is
 * lower than the models' own and below 0.5 where there is no signal (Forman & Scholz 2010, doi:10.1145/1882471.1882479; Airola et al. 2011,
 * doi:10.1016/j.csda.2010.11.018). The deviation of the fold AUCs over the root of their number is no standard error either: over repetitions it shrinks
 * without end while the patients stay the same. Here the error of the mean is summed up patient by patient, over all folds a patient is in.
 *
 * A test set apart, that no model was trained on, needs none of this: {@link delongInterval}.
 *
 * @param folds - `[folds]`, one or more, each with two cases of each class or more; give `patients` where one has several cases or is in several folds
 * @param options - the level and the variance
 * @throws `MgmtError` as {@link rocAuc}, and `evaluation/too-few`, `evaluation/bad-option`
 * @remarks The influence curve of LeDell et al. 2015, doi:10.1214/15-EJS1035, with DeLong's m - 1 for the m cases of a class in a fold, which small folds
 * need, on the logit scale; no estimate of the variance is right for all learners (Bengio & Grandvalet 2004). Perfect separation in all folds has the exact bound of {@link delongInterval} for the smallest class in any fold, times the folds
 * where no patient is in two.
 * @example
 * crossValidatedAucInterval(folds.map(({ labels, scores, patients }) => ({ labels, scores, patients }))); // { mean: 0.56, low: 0.51, high: 0.61, … }
 */
export function crossValidatedAucInterval(
  folds: readonly FoldScores[],
  { level = 0.95, variance: kind = 'doubled' }: CrossValidatedOptions = {},
): CrossValidatedAuc {
  checkLevel(level);
  if (folds.length === 0) throw new MgmtError('there are no folds', { code: 'evaluation/empty', expected: 'at least one' });
  const checked = folds.map(checkFold);
  const perFold: number[] = [];
  const ofPatient = new Map<unknown, number>(); // part in the error of the sum
  let cases = 0;
  checked.forEach((scored, fold) => {
    const { auc, deviations } = delongDeviations(scored);
    perFold.push(auc);
    deviations.forEach((deviation, i) => {
      const patient = folds[fold]!.patients?.[i] ?? Symbol();
      ofPatient.set(patient, (ofPatient.get(patient) ?? 0) + deviation);
    });
    cases += deviations.length;
  });
  const mean = perFold.reduce((sum, auc) => sum + auc, 0) / folds.length;
  const parts = Float64Array.from(ofPatient.values());
  const variance = ((kind === 'doubled' && folds.length > 1 ? 2 : 1) * dot(parts, parts)) / folds.length ** 2;
  const smallest = Math.min(...checked.map(({ negatives, positives }) => Math.min(negatives, positives)));
  const smallerClass = ofPatient.size === cases ? smallest * folds.length : smallest;
  return { mean, variance, ...logitInterval({ auc: mean, variance, smallerClass }, level), perFold };
}

function checkFold({ labels, scores, patients }: FoldScores, fold: number): BinaryScores {
  const checked = checkBinaryScores(labels, scores, `fold ${fold}`);
  checkTwoOfEach(checked);
  if (patients !== undefined && patients.length !== labels.length) {
    throw new MgmtError('every case needs its patient', {
      code: 'evaluation/length-mismatch',
      where: `fold ${fold}`,
      expected: `${labels.length} patients, one a case`,
      found: String(patients.length),
    });
  }
  return checked;
}
