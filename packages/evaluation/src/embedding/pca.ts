import { checkOption } from '../checkValues.js';
import { dot } from './dot.js';
import { leadingEigenvectors } from './leadingEigenvectors.js';
import { centered, checkPoints, type PointMatrix, type Points } from './points.js';
import { squaredDistances } from './squaredDistances.js';

/** Options of {@link pca}. */
export interface PcaOptions {
  /** How many, at most the smaller of points and dimensions. 2 by default, for a page. */
  readonly components?: number;
}

/** Points seen along the directions in which they spread most. */
export interface Pca {
  /** `[n][components]`, where each point lies along each direction; 0 is the mean. */
  readonly scores: readonly (readonly number[])[];
  /** `[components][d]`, the directions, of length 1; zeros where nothing spreads any more. */
  readonly components: readonly (readonly number[])[];
  /** `[components]`, falling, with n - 1 in the denominator. */
  readonly explainedVariance: readonly number[];
  /** `[components]`, shares of the variance of all dimensions together; 0 where there is none. */
  readonly explainedVarianceRatio: readonly number[];
  /** `[d]` */
  readonly mean: readonly number[];
}

/**
 * Principal component analysis, exact: eigenvectors of the covariances of dimensions, or of the products of points where there are fewer of those.
 *
 * A direction's sign is such that its largest part by absolute value, the first of equal ones, is positive: scikit-learn's rule since 1.5. A direction
 * with less than 1e-12 of the first one's variance is rounding: it and its scores are zeros.
 *
 * @param points - `[n][d]`, finite, at least two. Not scaled: divide each dimension by its deviation first where units differ
 * @param options - how many components
 * @throws `MgmtError` `evaluation/too-few`, `evaluation/length-mismatch`, `evaluation/not-finite`, `evaluation/bad-option`
 * @remarks Takes time as the third power of the smaller of n and d: about a second at 512.
 * @example
 * const { scores, explainedVarianceRatio } = pca(features, { components: 2 });
 */
export function pca(points: Points, { components: count = 2 }: PcaOptions = {}): Pca {
  const given = checkPoints(points, { least: 2 });
  const matrix = centered(given);
  const { data, n, d } = matrix;
  const most = Math.min(n, d);
  checkOption(Number.isSafeInteger(count) && count >= 1 && count <= most, 'components', `an integer from 1 to ${most}`, count);

  const fewerPoints = n < d;
  const products = rowProducts(fewerPoints ? matrix : transposed(matrix));
  const { values, vectors } = leadingEigenvectors(products, most, count);
  const directions = vectors.map((vector, c) => {
    if (values[c]! <= 1e-12 * values[0]!) return new Float64Array(d);
    const direction = fewerPoints ? weightedSum(matrix, vector) : vector;
    const scale = signOfLargest(direction) / Math.sqrt(direction.reduce((sum, part) => sum + part * part, 0));
    return direction.map((part) => scale * part);
  });
  const variances = values.map((value, c) => (directions[c]!.some((part) => part !== 0) ? value / (n - 1) : 0));
  const total = data.reduce((sum, value) => sum + value * value, 0) / (n - 1);
  return {
    scores: Array.from({ length: n }, (_, i) => directions.map((direction) => dot(rowOf(matrix, i), direction))),
    components: directions.map((direction) => [...direction]),
    explainedVariance: variances,
    explainedVarianceRatio: variances.map((variance) => (total > 0 ? variance / total : 0)),
    mean: Array.from({ length: d }, (_, k) => given.data[k]! - data[k]!),
  };
}

/** 1 or -1: the sign of the largest part by absolute value, of the first among equals. */
export function signOfLargest(vector: Float64Array): 1 | -1 {
  const largest = vector.reduce((found, value) => (Math.abs(value) > Math.abs(found) ? value : found), 0);
  return largest < 0 ? -1 : 1;
}

/** `[n, n]`, the product of each row with each, by way of their distances: 2 ab = a² + b² - (a - b)². */
function rowProducts(matrix: PointMatrix): Float64Array {
  const { n } = matrix;
  const squares = Float64Array.from({ length: n }, (_, i) => dot(rowOf(matrix, i), rowOf(matrix, i)));
  const products = new Float64Array(n * n);
  const distances = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    squaredDistances(matrix, i, distances, i);
    for (let j = i; j < n; j++) products[i * n + j] = products[j * n + i] = (squares[i]! + squares[j]! - distances[j]!) / 2;
  }
  return products;
}

const rowOf = ({ data, d }: PointMatrix, i: number) => data.subarray(i * d, (i + 1) * d);

function transposed({ data, n, d }: PointMatrix): PointMatrix {
  return { data: Float64Array.from({ length: n * d }, (_, at) => data[(at % n) * d + Math.floor(at / n)]!), n: d, d: n };
}

/** The sum of the rows, each times its weight. */
function weightedSum({ data, n, d }: PointMatrix, weights: Float64Array): Float64Array {
  const sum = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let k = 0; k < d; k++) sum[k]! += weights[i]! * data[i * d + k]!;
  return sum;
}
