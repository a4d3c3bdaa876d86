import type { Affine } from '@mgmt/core';
import { badHeader } from './headerError.js';
import type { ParsedHeader } from './parseHeader.js';
import { spaceUnit } from './units.js';

/** What places the grid in space: a matrix, a rotation, or the voxel sizes alone. */
export type Transform = 'sform' | 'qform' | 'voxel sizes';

/** The transform that holds: the sform where its code is set, else the qform, else neither. */
export const transformOf = ({ fields }: ParsedHeader): Transform =>
  fields.sform_code > 0 ? 'sform' : fields.qform_code > 0 ? 'qform' : 'voxel sizes';

/**
 * The map from `(i, j, k)`, a volume's `(column, row, slice)`, to LPS millimeters.
 *
 * @param extents - of the file, needed where no transform holds
 * @throws `MgmtError` `nifti-io/bad-header` where the fields give no finite map
 * @remarks NIfTI-1 standard, "3D image orientation and location in space". The third method attaches no orientation to the grid; as nibabel and SPM
 * do for ANALYZE files, columns are then taken to run to the patient's left and the origin to lie in the middle.
 */
export function lpsAffine(header: ParsedHeader, extents: readonly number[], where: string): Affine {
  const { mm } = spaceUnit(header.fields.xyzt_units);
  const ras = rasAffine(header, extents, where);
  const scaled = affineOf((row, column) => ras[row]![column]! * mm);
  if (!scaled.flat().every(Number.isFinite)) {
    const field = transformOf(header) === 'sform' ? 'srow_x' : 'quatern_b';
    throw badHeader(where, header.version, field, 'a finite transform', JSON.stringify(scaled.slice(0, 3)));
  }
  return flipWorld(scaled);
}

/** RAS to LPS and back: the first two world axes change sign. */
export function flipWorld(affine: Affine): Affine {
  return affineOf((row, column) => (row < 2 ? 0 - affine[row]![column]! : affine[row]![column]! + 0));
}

function rasAffine(header: ParsedHeader, extents: readonly number[], where: string): Affine {
  const { sform, fields } = header;
  const transform = transformOf(header);
  if (transform === 'sform') return affineOf((row, column) => sform[row]![column]!);
  const sizes = voxelSizes(header, where);
  if (transform === 'qform') {
    const offset = [fields.qoffset_x, fields.qoffset_y, fields.qoffset_z];
    const rotation = rotationOf(header, where);
    const qfac = fields.pixDims[0]! < 0 ? -1 : 1;
    return affineOf((row, column) => (column === 3 ? offset[row]! : rotation[row]![column]! * sizes[column]! * (column === 2 ? qfac : 1)));
  }
  const steps = [-sizes[0]!, sizes[1]!, sizes[2]!];
  return affineOf((row, column) => {
    if (column === 3) return (-steps[row]! * ((extents[row] ?? 1) - 1)) / 2;
    return row === column ? steps[row]! : 0;
  });
}

/** Sizes of 0 stand for 1, as in niftilib. */
function voxelSizes({ fields, version }: ParsedHeader, where: string): number[] {
  const sizes = fields.pixDims.slice(1, 4);
  if (!sizes.every((size) => size >= 0 && size < Infinity)) {
    throw badHeader(where, version, 'pixdim', 'voxel sizes of at least 0', sizes.join(' x '));
  }
  return sizes.map((size) => size || 1);
}

function affineOf(value: (row: number, column: number) => number): Affine {
  const row = (r: number) => [value(r, 0), value(r, 1), value(r, 2), value(r, 3)] as const;
  return [row(0), row(1), row(2), [0, 0, 0, 1]];
}

/** The rotation of a unit quaternion given by its last three parts, as nifti1_io's `nifti_quatern_to_mat44` has it. */
function rotationOf({ fields, version }: ParsedHeader, where: string): number[][] {
  const [qb, qc, qd] = [fields.quatern_b, fields.quatern_c, fields.quatern_d];
  const rest = qb * qb + qc * qc + qd * qd;
  if (!(rest < 1 + 1e-5)) throw badHeader(where, version, 'quatern_b', 'a quaternion of length 1', [qb, qc, qd].join(', ')); // float32 rounds by 1e-7
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
