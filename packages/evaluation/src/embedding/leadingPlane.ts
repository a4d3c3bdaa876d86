import type { Rng } from '@mgmt/core';
import { dot } from './dot.js';
import { leadingEigenvectors } from './leadingEigenvectors.js';
import { signOfLargest } from './pca.js';
import { centered, type PointMatrix } from './points.js';

/** Directions beyond the two that are asked for, and passes over the data: enough for a start, which ends four digits from the exact plane. */
const OVERSAMPLING = 8;
const PASSES = 4;

/**
 * Scores of the first two principal components, `[n, 2]`, by random directions that every pass draws towards the leading ones: nearly those of
 * {@link pca}, of the same sign, in a fraction of its time where there are hundreds of points and of dimensions.
 *
 * Halko, Martinsson and Tropp 2011, SIAM Review 53:217, algorithm 4.4.
 */
export function leadingPlane(points: PointMatrix, rng: Rng): Float64Array {
  const matrix = centered(points);
  const { n, d } = matrix;
  const width = Math.min(2 + OVERSAMPLING, d);
  let directions: Float64Array = Float64Array.from({ length: width * d }, () => rng.normal()); // [width, d]
  for (let pass = 0; pass < PASSES; pass++) directions = combinedRows(matrix, projections(matrix, orthonormal(directions, d)), width);
  directions = orthonormal(directions, d);
  const projected = projections(matrix, directions); // [n, width]

  const moments = combinedRows({ data: projected, n, d: width }, projected, width); // [width, width]
  const { vectors } = leadingEigenvectors(moments, width, Math.min(2, width)); // in terms of the directions
  const plane = new Float64Array(2 * n);
  vectors.forEach((vector, axis) => {
    const component = combinedRows({ data: directions, n: width, d }, vector, 1);
    const sign = signOfLargest(component);
    for (let i = 0; i < n; i++) {
      for (let w = 0; w < width; w++) plane[2 * i + axis]! += sign * vector[w]! * projected[i * width + w]!;
    }
  });
  return plane;
}

/** `[n, d]` points on `[width, d]` directions: `[n, width]`. */
function projections({ data, n, d }: PointMatrix, directions: Float64Array): Float64Array {
  const width = directions.length / d;
  const projected = new Float64Array(n * width);
  for (let i = 0; i < n; i++) {
    for (let w = 0; w < width; w++) {
      let sum = 0;
      for (let k = 0; k < d; k++) sum += data[i * d + k]! * directions[w * d + k]!;
      projected[i * width + w] = sum;
    }
  }
  return projected;
}

/** Sums of the rows `[n, d]`, weighted by each column of `[n, width]`: `[width, d]`. */
function combinedRows({ data, n, d }: PointMatrix, weights: Float64Array, width: number): Float64Array {
  const combined = new Float64Array(width * d);
  for (let i = 0; i < n; i++) {
    for (let w = 0; w < width; w++) {
      const weight = weights[i * width + w]!;
      for (let k = 0; k < d; k++) combined[w * d + k]! += weight * data[i * d + k]!;
    }
  }
  return combined;
}

/** The rows at right angles and of length 1, by Gram and Schmidt, twice for rounding's sake; a row that depends on those before it becomes 0. */
function orthonormal(rows: Float64Array, d: number): Float64Array {
  const result = rows.slice();
  for (let at = 0; at < rows.length; at += d) {
    const row = result.subarray(at, at + d);
    const before = Math.sqrt(dot(row, row));
    for (let repeat = 0; repeat < 2; repeat++) {
      for (let other = 0; other < at; other += d) {
        const done = result.subarray(other, other + d);
        const shared = dot(row, done);
        for (let k = 0; k < d; k++) row[k]! -= shared * done[k]!;
      }
    }
    const length = Math.sqrt(dot(row, row));
    const scale = length > 1e-12 * before ? 1 / length : 0;
    for (let k = 0; k < d; k++) row[k]! *= scale;
  }
  return result;
}
