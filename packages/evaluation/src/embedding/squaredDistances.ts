import type { PointMatrix } from './points.js';

/** Squared Euclidean distances from point `i` to the points from `first` on, to `out[first]` and the places after it. */
export function squaredDistances({ data, n, d }: PointMatrix, i: number, out: Float64Array, first = 0): void {
  const own = i * d;
  let j = first;
  for (; j + 4 <= n; j += 4) {
    // four at a time, so that each coordinate of the point is loaded once for all of them
    const a = j * d;
    const b = a + d;
    const c = b + d;
    const e = c + d;
    let toA = 0;
    let toB = 0;
    let toC = 0;
    let toE = 0;
    for (let k = 0; k < d; k++) {
      const value = data[own + k]!;
      const da = value - data[a + k]!;
      const db = value - data[b + k]!;
      const dc = value - data[c + k]!;
      const de = value - data[e + k]!;
      toA += da * da;
      toB += db * db;
      toC += dc * dc;
      toE += de * de;
    }
    out[j] = toA;
    out[j + 1] = toB;
    out[j + 2] = toC;
    out[j + 3] = toE;
  }
  for (; j < n; j++) {
    let sum = 0;
    for (let k = 0; k < d; k++) sum += (data[own + k]! - data[j * d + k]!) ** 2;
    out[j] = sum;
  }
}
