import { type Affine, affineTimesPoint, type Vector3 } from '@mgmt/core';

/** The affine of the grid whose first voxel is this one of the old grid. Both in `(column, row, slice)`; fractions and voxels outside are allowed. */
export function shiftGrid(affine: Affine, first: Vector3): Affine {
  const [x, y, z] = affineTimesPoint(affine, first);
  const row = (r: 0 | 1 | 2, origin: number) => [affine[r][0], affine[r][1], affine[r][2], origin] as const;
  return [row(0, x), row(1, y), row(2, z), affine[3]];
}

/**
 * The affine of a grid over the same extent with voxels of another size, under the half-pixel-centre rule: new index `j` lies at old index
 * `(j + 0.5) size - 0.5`.
 *
 * @param size - of a new voxel in old ones, `(column, row, slice)`
 */
export function scaleGrid(affine: Affine, size: Vector3): Affine {
  const shifted = shiftGrid(affine, [size[0] / 2 - 0.5, size[1] / 2 - 0.5, size[2] / 2 - 0.5]);
  const row = (r: 0 | 1 | 2) => [affine[r][0] * size[0], affine[r][1] * size[1], affine[r][2] * size[2], shifted[r][3]] as const;
  return [row(0), row(1), row(2), affine[3]];
}
