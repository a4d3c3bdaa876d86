import { type Affine, invertAffine } from '@mgmt/core';
import type { HeadGrid } from './headGrid.js';

/** Where the voxels along one axis of a series fall on the anatomy's grid: two neighbors as offsets into its array, and the second one's weight. */
export interface ResampledAxis {
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly weight: Float32Array;
  /** The line of the grid that the axis runs along: how many voxels it has, and how far apart they are in the grid's array. */
  readonly line: { readonly extent: number; readonly stride: number };
}

/**
 * One axis of a trilinear resampling between grids whose axes are parallel: every series' are, so three such tables place all of its voxels. Beyond the
 * grid the outermost voxel counts, which is background.
 *
 * @param affine - of the series
 * @param axis - of the series: 0 column, 1 row, 2 slice
 * @param count - voxels along it
 */
export function resampleAxis(grid: HeadGrid, affine: Affine, axis: 0 | 1 | 2, count: number): ResampledAxis {
  const world = ([0, 1, 2] as const).find((w) => affine[w][axis] !== 0)!; // the patient's axis that it runs along
  const extent = grid.shape[2 - world]!;
  const stride = [1, grid.shape[2], grid.shape[1] * grid.shape[2]][world]!;
  const inverse = invertAffine(grid.affine)[world];
  const table = { low: new Int32Array(count), high: new Int32Array(count), weight: new Float32Array(count), line: { extent, stride } };
  for (let i = 0; i < count; i++) {
    const mm = affine[world][axis] * i + affine[world][3];
    const at = Math.max(0, Math.min(extent - 1, inverse[world] * mm + inverse[3]));
    const low = Math.min(Math.floor(at), extent - 2);
    table.low[i] = low * stride;
    table.high[i] = (low + 1) * stride;
    table.weight[i] = at - low;
  }
  return table;
}
