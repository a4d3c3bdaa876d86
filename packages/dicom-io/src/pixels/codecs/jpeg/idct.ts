/** Fractional bits of the constants. */
const SCALE = 13;

/**
 * Inverse discrete cosine transform of one block, its samples placed in a plane. ITU-T T.81 section A.3.3.
 *
 * @param block - `[64]` dequantized coefficients in natural order; used up
 * @param plane - of samples, `stride` wide; the block's upper left one is at `at`
 * @param precision - 8 or 12 bits a sample: half of their range is added, and the result kept within it
 * @remarks The accurate integer method of Loeffler, Ligtenberg & Moschytz 1989, with libjpeg's scaling and rounding (jidctint.c), so that values equal
 * those of the programs built on it.
 */
export function inverseDct(block: Int32Array, plane: Uint16Array, at: number, stride: number, precision: number): void {
  const kept = precision === 8 ? 2 : 1; // fractional bits between the passes
  const [middle, most] = [1 << (precision - 1), (1 << precision) - 1];
  for (let column = 0; column < 8; column++) transform(block, column, 8, SCALE - kept);
  for (let row = 0, to = at; row < 8; row++, to += stride) {
    transform(block, 8 * row, 1, SCALE + kept + 3);
    for (let i = 0; i < 8; i++) {
      const value = block[8 * row + i]! + middle;
      plane[to + i] = value < 0 ? 0 : value > most ? most : value;
    }
  }
}

/** Eight values, `step` apart, in place; divided by 2 to the `shift`, rounded. */
function transform(x: Int32Array, at: number, step: number, shift: number): void {
  const half = 1 << (shift - 1);
  const [i1, i2, i3, i4] = [at + step, at + 2 * step, at + 3 * step, at + 4 * step];
  const [i5, i6, i7] = [at + 5 * step, at + 6 * step, at + 7 * step];
  if ((x[i1]! | x[i2]! | x[i3]! | x[i4]! | x[i5]! | x[i6]! | x[i7]!) === 0) {
    const constant = ((x[at]! << SCALE) + half) >> shift;
    for (let i = 0, to = at; i < 8; i++, to += step) x[to] = constant;
    return;
  }
  const e1 = Math.imul(x[i2]! + x[i6]!, 4433); // 0.541196100
  const e2 = e1 - Math.imul(x[i6]!, 15137); // 1.847759065
  const e3 = e1 + Math.imul(x[i2]!, 6270); // 0.765366865
  const even0 = (x[at]! + x[i4]!) << SCALE;
  const even1 = (x[at]! - x[i4]!) << SCALE;
  const [s0, s3, s1, s2] = [even0 + e3, even0 - e3, even1 + e2, even1 - e2];

  const z5 = Math.imul(x[i7]! + x[i3]! + x[i5]! + x[i1]!, 9633); // 1.175875602
  const z1 = -Math.imul(x[i7]! + x[i1]!, 7373); // 0.899976223
  const z2 = -Math.imul(x[i5]! + x[i3]!, 20995); // 2.562915447
  const z3 = z5 - Math.imul(x[i7]! + x[i3]!, 16069); // 1.961570560
  const z4 = z5 - Math.imul(x[i5]! + x[i1]!, 3196); // 0.390180644
  const o0 = Math.imul(x[i7]!, 2446) + z1 + z3; // 0.298631336
  const o1 = Math.imul(x[i5]!, 16819) + z2 + z4; // 2.053119869
  const o2 = Math.imul(x[i3]!, 25172) + z2 + z3; // 3.072711026
  const o3 = Math.imul(x[i1]!, 12299) + z1 + z4; // 1.501321110

  x[at] = (s0 + o3 + half) >> shift;
  x[i7] = (s0 - o3 + half) >> shift;
  x[i1] = (s1 + o2 + half) >> shift;
  x[i6] = (s1 - o2 + half) >> shift;
  x[i2] = (s2 + o1 + half) >> shift;
  x[i5] = (s2 - o1 + half) >> shift;
  x[i3] = (s3 + o0 + half) >> shift;
  x[i4] = (s3 - o0 + half) >> shift;
}
