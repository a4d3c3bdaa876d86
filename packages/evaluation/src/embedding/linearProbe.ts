import { MgmtError, type Rng } from '@mgmt/core';
import { checkBinaryScores, type BinaryLabel } from '../checkBinaryScores.js';
import { checkCount, checkOption } from '../checkValues.js';
import { rocAuc } from '../rocAuc.js';
import { checkPoints, type PointMatrix, type Points } from './points.js';
import { logOdds, ridgeLogistic } from './ridgeLogistic.js';

/** Options of {@link linearProbe}. */
export interface LinearProbeOptions {
  /** Where the folds come from; equal streams give equal folds. */
  readonly rng: Rng;
  /** Parts of the cases, each scored by a classifier fitted to the others. 5 by default. */
  readonly folds?: number;
  /** Penalty on the squared weights, beside the summed log loss, of dimensions scaled to deviation 1. 1 by default, as in scikit-learn. */
  readonly ridge?: number;
}

/** How well a plane in the space of the points separates two classes. */
export interface LinearProbe {
  /** The mean over folds. */
  readonly auc: number;
  /** `[folds]` */
  readonly perFold: readonly number[];
}

/**
 * Whether a linear classifier finds a class in a network's features: the AUC of ridge logistic regression on cases that it was not fitted to.
 *
 * Folds have equal shares of both classes; dimensions are scaled by the mean and deviation of the cases that are fitted, one without spread is left out.
 *
 * @param points - `[n][d]`, finite: features rather than an embedding, in which directions mean nothing
 * @param labels - `[n]`, 0 or 1, of each as many as folds or more
 * @param options - the stream of random numbers, folds, penalty
 * @throws `MgmtError` `evaluation/too-few`, `evaluation/length-mismatch`, `evaluation/not-finite`, `evaluation/bad-label`, `evaluation/one-class`,
 * `evaluation/bad-option`
 * @remarks Alain and Bengio 2016, arXiv:1610.01644. Points have to be independent: of slices of one patient some would be fitted and others scored.
 * @example
 * linearProbe(features, labels, { rng: rng(0) }); // { auc: 0.54, perFold: [0.61, 0.49, 0.55, 0.58, 0.47] }
 */
export function linearProbe(
  points: Points,
  labels: ArrayLike<BinaryLabel>,
  { rng, folds = 5, ridge = 1 }: LinearProbeOptions,
): LinearProbe {
  const matrix = checkPoints(points);
  checkCount(folds, 'folds', 2);
  checkOption(ridge > 0 && ridge < Infinity, 'ridge', 'a number above 0', ridge);
  const checked = checkBinaryScores(labels, new Float64Array(matrix.n));
  const scarcer = Math.min(checked.negatives, checked.positives);
  if (scarcer < folds) {
    throw new MgmtError('every fold needs both classes', {
      code: 'evaluation/too-few',
      expected: `${folds} cases of each class or more`,
      found: String(scarcer),
      hint: 'take fewer folds',
    });
  }
  const foldOf = stratifiedFolds(checked.labels, folds, rng);
  const perFold = Array.from({ length: folds }, (_, fold) => aucOfFold(matrix, checked.labels, foldOf, fold, ridge));
  return { auc: perFold.reduce((sum, auc) => sum + auc, 0) / folds, perFold };
}

/** `[n]`, the fold of each case: those of a class in random order, dealt like cards, the second class from where the first ended. */
function stratifiedFolds(labels: Uint8Array, folds: number, rng: Rng): Int32Array {
  const foldOf = new Int32Array(labels.length);
  const cases = [...labels.keys()];
  const dealt = [0, 1].flatMap((label) => rng.shuffle(cases.filter((i) => labels[i] === label)));
  dealt.forEach((i, place) => (foldOf[i] = place % folds));
  return foldOf;
}

function aucOfFold(points: PointMatrix, labels: Uint8Array, foldOf: Int32Array, fold: number, ridge: number): number {
  const [fitted, held] = [foldOf.map((each) => Number(each !== fold)), foldOf.map((each) => Number(each === fold))];
  const scaled = standardized(points, fitted);
  const model = ridgeLogistic(
    rowsWhere(scaled, fitted),
    labels.filter((_, i) => fitted[i]),
    ridge,
  );
  const scored = rowsWhere(scaled, held);
  return rocAuc(
    [...labels].filter((_, i) => held[i]) as BinaryLabel[],
    Array.from({ length: scored.n }, (_, i) => logOdds(model, scored, i)),
  );
}

/** All rows, each column by mean and deviation of the chosen rows; a column that is the same in all of those becomes 0. */
function standardized({ data, n, d }: PointMatrix, chosen: Int32Array): PointMatrix {
  const count = chosen.reduce((sum, each) => sum + each, 0);
  const scaled = data.slice();
  for (let k = 0; k < d; k++) {
    let mean = 0;
    for (let i = 0; i < n; i++) mean += (chosen[i]! * data[i * d + k]!) / count;
    let variance = 0;
    for (let i = 0; i < n; i++) variance += (chosen[i]! * (data[i * d + k]! - mean) ** 2) / count;
    const scale = variance > (1e-12 * mean) ** 2 ? 1 / Math.sqrt(variance) : 0;
    for (let i = 0; i < n; i++) scaled[i * d + k] = (data[i * d + k]! - mean) * scale;
  }
  return { data: scaled, n, d };
}

function rowsWhere({ data, n, d }: PointMatrix, chosen: Int32Array): PointMatrix {
  const rows = [...Array(n).keys()].filter((i) => chosen[i]);
  return {
    data: Float64Array.from({ length: rows.length * d }, (_, at) => data[rows[Math.floor(at / d)]! * d + (at % d)]!),
    n: rows.length,
    d,
  };
}
