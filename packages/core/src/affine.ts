import { MgmtError } from './error.js';

/** Three numbers: a point `(x, y, z)`, or one value for each axis of a volume. */
export type Vector3 = readonly [number, number, number];
type Row = readonly [number, number, number, number];

/** A 4x4 matrix by rows that maps `(column, row, slice, 1)` to `(x, y, z, 1)` in DICOM's patient space: LPS, millimetres. */
export type Affine = readonly [Row, Row, Row, Row];

/** Voxels of 1 mm whose first lies at the origin, axial. */
export const identityAffine: Affine = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
];

/**
 * The point in patient space (LPS, mm) of a voxel.
 *
 * @param point - `(column, row, slice)`, fractions allowed
 */
export function affineTimesPoint(affine: Affine, [i, j, k]: Vector3): Vector3 {
  const along = (r: Row) => r[0] * i + r[1] * j + r[2] * k + r[3];
  return [along(affine[0]), along(affine[1]), along(affine[2])];
}

/** The matrix product `a b`: first `b` is applied, then `a`. */
export function multiplyAffines(a: Affine, b: Affine): Affine {
  const row = (r: Row): Row =>
    [0, 1, 2, 3].map((c) => r[0] * b[0][c]! + r[1] * b[1][c]! + r[2] * b[2][c]! + r[3] * b[3][c]!) as unknown as Row;
  return [row(a[0]), row(a[1]), row(a[2]), row(a[3])];
}

/**
 * The inverse: patient space to voxel indices.
 *
 * @throws `MgmtError` `core/singular-affine` where two axes are parallel or an axis has length zero
 */
export function invertAffine(affine: Affine): Affine {
  const [[a, b, c, x], [d, e, f, y], [g, h, i, z]] = affine;
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  if (!Number.isFinite(determinant) || determinant === 0) {
    throw new MgmtError('the affine has no inverse', {
      code: 'core/singular-affine',
      expected: 'three independent axes of positive length',
      found: JSON.stringify(affine.slice(0, 3)),
    });
  }
  const rows = [
    [e * i - f * h, c * h - b * i, b * f - c * e],
    [f * g - d * i, a * i - c * g, c * d - a * f],
    [d * h - e * g, b * g - a * h, a * e - b * d],
  ].map((r) => r.map((value) => value / determinant));
  const inverse = rows.map((r) => [r[0]!, r[1]!, r[2]!, 0 - (r[0]! * x + r[1]! * y + r[2]! * z)] as const);
  return [inverse[0]!, inverse[1]!, inverse[2]!, [0, 0, 0, 1]];
}

/** Distance between neighbors along `[slice, row, column]`, mm: the lengths of the affine's columns, in the order of a volume's axes. */
export function spacingMm(affine: Affine): Vector3 {
  const length = (c: 0 | 1 | 2) => Math.hypot(affine[0][c], affine[1][c], affine[2][c]);
  return [length(2), length(1), length(0)];
}
