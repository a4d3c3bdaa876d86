import { type Affine, MgmtError, type Vector3 } from '@mgmt/core';
import { cross, dot, scale } from '../vectors.js';

/** The planes of a volume in the words of DICOM's Image Plane module (PS3.3 section C.7.6.2). */
export interface Plane {
  /** Along which the column index grows: the first three values of Image Orientation (Patient). */
  readonly rowDirection: Vector3;
  /** Along which the row index grows: the last three. */
  readonly columnDirection: Vector3;
  /** Between rows, between columns. */
  readonly pixelSpacingMm: readonly [number, number];
  /** Between slices, along the normal. */
  readonly sliceSpacingMm: number;
  /** The first voxel of a slice: Image Position (Patient). */
  position(slice: number): Vector3;
}

/**
 * The planes in which a volume's slices lie.
 *
 * @param affine - `(column, row, slice, 1)` to LPS millimetres
 * @param where - for errors
 * @throws `MgmtError` `dicom-io/oblique-grid` where rows and columns are not at right angles (to 1e-4) or an axis has no length
 */
export function planeOf(affine: Affine, where: string): Plane {
  const column = (c: 0 | 1 | 2 | 3): Vector3 => [affine[0][c], affine[1][c], affine[2][c]];
  const [alongRow, alongColumn, alongSlice, origin] = [column(0), column(1), column(2), column(3)];
  const [columnSpacing, rowSpacing] = [Math.hypot(...alongRow), Math.hypot(...alongColumn)];
  const rowDirection = scale(alongRow, 1 / columnSpacing);
  const columnDirection = scale(alongColumn, 1 / rowSpacing);
  const cosine = dot(rowDirection, columnDirection);
  const sliceSpacingMm = Math.abs(dot(cross(rowDirection, columnDirection), alongSlice));
  if (!(Math.abs(cosine) < 1e-4 && sliceSpacingMm > 0 && origin.every(Number.isFinite) && Number.isFinite(sliceSpacingMm))) {
    throw new MgmtError('the volume does not lie on a grid that DICOM images can have', {
      code: 'dicom-io/oblique-grid',
      where,
      expected: 'rows and columns at right angles, slices of some distance',
      found: `affine ${JSON.stringify(affine.slice(0, 3))}`,
      hint: 'resample the volume on a grid with right angles first',
    });
  }
  return {
    rowDirection,
    columnDirection,
    pixelSpacingMm: [rowSpacing, columnSpacing],
    sliceSpacingMm,
    position: (k) => [origin[0] + k * alongSlice[0], origin[1] + k * alongSlice[1], origin[2] + k * alongSlice[2]],
  };
}
