import { expit, logLikelihood } from '../logistic.js';

/** Maximum likelihood of a logistic model. */
export interface LogisticRegression {
  /** `[columns]` */
  readonly coefficients: readonly number[];
  /** `[columns][columns]`, the inverse of the information at the maximum. */
  readonly covariance: readonly (readonly number[])[];
  readonly logLikelihood: number;
}

/**
 * Fits `target ~ expit(offset + sum of coefficient x column)` by Newton's method, each step halved until the likelihood does not fall.
 *
 * @param columns - `[columns][n]`, of full rank; a column of ones is the intercept
 * @param targets - `[n]`, in [0, 1]: labels, or shares
 * @param offset - `[n]`, log odds that are given; 0 by default
 * @remarks The maximum must be finite: see `checkOverlap`.
 */
export function logisticRegression(
  columns: readonly Float64Array[],
  targets: ArrayLike<number>,
  offset?: Float64Array,
): LogisticRegression {
  const n = targets.length;
  const predict = (coefficients: readonly number[]) =>
    Float64Array.from({ length: n }, (_, i) => columns.reduce((sum, column, j) => sum + coefficients[j]! * column[i]!, offset?.[i] ?? 0));
  const likelihoodOf = (predicted: Float64Array) => predicted.reduce((sum, eta, i) => sum + logLikelihood(targets[i]!, eta), 0);

  let coefficients: readonly number[] = columns.map(() => 0);
  let predicted = predict(coefficients);
  let likelihood = likelihoodOf(predicted);
  for (let iteration = 0; ; iteration++) {
    const p = predicted.map(expit);
    const gradient = columns.map((column) => p.reduce((sum, pi, i) => sum + (targets[i]! - pi) * column[i]!, 0));
    const covariance = inverse(columns.map((a) => columns.map((b) => p.reduce((sum, pi, i) => sum + pi * (1 - pi) * a[i]! * b[i]!, 0))));
    const step = covariance.map((row) => row.reduce((sum, value, j) => sum + value * gradient[j]!, 0));
    const gain = step.reduce((sum, value, j) => sum + value * gradient[j]!, 0); // twice what the quadratic model still promises
    if (!(gain > CONVERGED) || iteration === MOST_ITERATIONS) return { coefficients, covariance, logLikelihood: likelihood };
    for (let factor = 1; ; factor /= 2) {
      const next = coefficients.map((value, j) => value + factor * step[j]!);
      const nextPredicted = predict(next);
      const nextLikelihood = likelihoodOf(nextPredicted);
      if (nextLikelihood >= likelihood - 1e-13 * Math.abs(likelihood) || factor < 1e-10) {
        [coefficients, predicted, likelihood] = [next, nextPredicted, nextLikelihood];
        break;
      }
    }
  }
}

const CONVERGED = 1e-20;
const MOST_ITERATIONS = 100;

/** Of a positive definite matrix, by Gauss and Jordan. */
function inverse(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => Number(i === j))]);
  for (let k = 0; k < size; k++) {
    const pivot = rows[k]![k]!;
    rows[k] = rows[k]!.map((value) => value / pivot);
    rows.forEach((row, i) => {
      if (i !== k) rows[i] = row.map((value, j) => value - row[k]! * rows[k]![j]!);
    });
  }
  return rows.map((row) => row.slice(size));
}
