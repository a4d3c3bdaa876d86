import {
  type Affine,
  asNdarray,
  type AxisCode,
  axisCodes,
  type AxisCodes,
  MgmtError,
  volume,
  type Volume,
  type VolumeShape,
  type VoxelArray,
} from '@mgmt/core';
import { copyInTiles } from './copyInTiles.js';
import { shiftGrid } from './gridAffine.js';

/**
 * The same voxels with their axes exchanged and reversed, so that indices grow in the given directions. Nothing is interpolated: an oblique volume goes
 * to the orientation nearest to it and stays as oblique as it was. Every voxel keeps its place in the patient.
 *
 * @param codes - where `[slice, row, column]` shall grow to, each of the three pairs once
 * @returns the volume itself where it lies so already
 * @throws `MgmtError` `preprocess/bad-orientation` where a direction is missing
 */
export function reorient<T extends VoxelArray>(source: Volume<T>, codes: AxisCodes): Volume<T> {
  const old = axisCodes(source.affine);
  const from = codes.map((code) => old.findIndex((other) => BODY_AXIS[other] === BODY_AXIS[code])); // new axis -> old axis
  if (new Set(from).size < 3) {
    throw new MgmtError('these are no three directions of a patient', {
      code: 'preprocess/bad-orientation',
      expected: 'one of L R, one of P A, one of S I, in any order',
      found: codes.join(' '),
    });
  }
  const reversed = codes.map((code, axis) => old[from[axis]!] !== code);
  if (from.every((oldAxis, axis) => oldAxis === axis) && !reversed.includes(true)) return source;
  const view = asNdarray(source)
    .transpose(...from)
    .step(...reversed.map((yes) => (yes ? -1 : 1)));
  return volume(copyInTiles(view), view.shape as unknown as VolumeShape, exchangeAxes(source, from, reversed));
}

/**
 * To axial: slices grow upward, rows to the back, columns to the patient's left, as radiologists view it and every network input here has it.
 *
 * @returns the volume itself where it is axial already; see {@link reorient}
 */
export function toAxial<T extends VoxelArray>(source: Volume<T>): Volume<T> {
  return reorient(source, ['S', 'P', 'L']);
}

function exchangeAxes({ affine, shape }: Volume, from: readonly number[], reversed: readonly boolean[]): Affine {
  const first: [number, number, number] = [0, 0, 0]; // the old (column, row, slice) of the new first voxel
  from.forEach((oldAxis, axis) => (first[2 - oldAxis] = reversed[axis] ? shape[oldAxis]! - 1 : 0));
  const shifted = shiftGrid(affine, first);
  const along = (row: Affine[0], axis: 0 | 1 | 2) => (reversed[axis] ? 0 - row[2 - from[axis]!]! : row[2 - from[axis]!]!);
  const row = (r: 0 | 1 | 2) => [along(affine[r], 2), along(affine[r], 1), along(affine[r], 0), shifted[r][3]] as const;
  return [row(0), row(1), row(2), affine[3]];
}

const BODY_AXIS: Readonly<Record<AxisCode, string>> = { L: 'x', R: 'x', P: 'y', A: 'y', S: 'z', I: 'z' };
