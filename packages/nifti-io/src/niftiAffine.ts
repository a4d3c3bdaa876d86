import type { Affine } from '@mgmt/core';

/** The fields of a NIfTI header that place its grid in space. */
export interface NiftiGeometry {
  readonly dims: readonly number[];
  readonly pixDims: readonly number[];
  readonly qform_code: number;
  readonly sform_code: number;
  readonly quatern_b: number;
  readonly quatern_c: number;
  readonly quatern_d: number;
  readonly qoffset_x: number;
  readonly qoffset_y: number;
  readonly qoffset_z: number;
}

/**
 * The map from `(i, j, k)` to NIfTI's RAS millimetres: the sform where its code is set, else the qform, else the voxel sizes.
 *
 * @param sform - the header's three `srow` rows
 * @remarks NIfTI-1 standard, "3D image orientation and location in space". The third method attaches no orientation to the grid; as nibabel and SPM
 * do for ANALYZE files, columns are then taken to run to the patient's left and the origin to lie in the middle.
 */
export function rasAffine(header: NiftiGeometry, sform: readonly (readonly number[])[]): Affine {
  if (header.sform_code > 0) return affineOf((row, column) => sform[row]![column]!);
  const sizes = [1, 2, 3].map((axis) => (header.pixDims[axis]! > 0 ? header.pixDims[axis]! : 1));
  if (header.qform_code > 0) {
    const offset = [header.qoffset_x, header.qoffset_y, header.qoffset_z];
    const rotation = rotationOf(header.quatern_b, header.quatern_c, header.quatern_d);
    const qfac = header.pixDims[0]! < 0 ? -1 : 1;
    return affineOf((row, column) => (column === 3 ? offset[row]! : rotation[row]![column]! * sizes[column]! * (column === 2 ? qfac : 1)));
  }
  const steps = [-sizes[0]!, sizes[1]!, sizes[2]!];
  return affineOf((row, column) => {
    if (column === 3) return (-steps[row]! * (header.dims[row + 1]! - 1)) / 2;
    return row === column ? steps[row]! : 0;
  });
}

/** RAS to LPS and back: the first two world axes change sign. */
export function flipWorld(affine: Affine): Affine {
  return affineOf((row, column) => (row < 2 ? 0 - affine[row]![column]! : affine[row]![column]! + 0));
}

function affineOf(value: (row: number, column: number) => number): Affine {
  const row = (r: number) => [value(r, 0), value(r, 1), value(r, 2), value(r, 3)] as const;
  return [row(0), row(1), row(2), [0, 0, 0, 1]];
}

/** The rotation of a unit quaternion given by its last three parts, as nifti1_io's `nifti_quatern_to_mat44` has it. */
function rotationOf(qb: number, qc: number, qd: number): number[][] {
  const rest = qb * qb + qc * qc + qd * qd;
  const half = 1 - rest < 1e-7; // a rotation by 180 degrees, rounded
  const scale = half ? 1 / Math.sqrt(rest) : 1;
  const a = half ? 0 : Math.sqrt(1 - rest);
  const [b, c, d] = [qb * scale, qc * scale, qd * scale];
  return [
    [a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)],
    [2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b)],
    [2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - b * b - c * c],
  ];
}
