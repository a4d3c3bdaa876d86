import { MgmtError } from '@mgmt/core';

/** Vectors of some images, one after the other. */
export interface Embeddings {
  /** `[n, dim]`, C order. */
  readonly data: Float32Array;
  readonly shape: readonly [n: number, dim: number];
}

/**
 * The same directions with length 1; a vector of zeros stays one. In float64, since differences of near neighbors are small.
 *
 * @throws `MgmtError` `ssl-simclr/bad-embeddings` where numbers and shape differ, or a number is not finite
 */
export function unitVectors({ data, shape: [n, dim] }: Embeddings): Float64Array {
  if (data.length !== n * dim || !data.every(Number.isFinite)) {
    const found = data.length === n * dim ? 'a number that is not finite' : `${data.length} numbers`;
    throw new MgmtError('these are no embeddings', { code: 'ssl-simclr/bad-embeddings', expected: `${n} x ${dim} finite numbers`, found });
  }
  const unit = new Float64Array(n * dim);
  for (let i = 0; i < n; i++) {
    let squares = 0;
    for (let k = i * dim; k < (i + 1) * dim; k++) squares += data[k]! ** 2;
    const length = Math.sqrt(squares) || 1;
    for (let k = i * dim; k < (i + 1) * dim; k++) unit[k] = data[k]! / length;
  }
  return unit;
}

/** The squared distance between row i of one and row j of the other. */
export function squaredDistance(a: Float64Array, i: number, b: Float64Array, j: number, dim: number): number {
  let sum = 0;
  for (let k = 0; k < dim; k++) sum += (a[i * dim + k]! - b[j * dim + k]!) ** 2;
  return sum;
}
