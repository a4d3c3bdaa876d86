import { type Affine, affineTimesPoint, spacingMm, type Volume, type VolumeShape, type VoxelArray } from '@mgmt/core';
import { toAxial } from './reorient.js';
import { type Grid, resampleOnto, type ResampleOntoConfig } from './resampleOnto.js';

/**
 * To slices that are exactly axial: where a volume is oblique, `toAxial` leaves it so, and this turns it upright. Voxels keep about their size; the grid holds
 * the whole volume, with 0 in the corners that it does not fill.
 *
 * @returns float32 for `linear`, the default, the voxels' own type for `nearest`; only exchanged axes, as `toAxial`, where nothing is oblique
 */
export function resampleAxial(source: Volume, config?: ResampleOntoConfig<'linear'>): Volume<Float32Array>;
export function resampleAxial<T extends VoxelArray>(source: Volume<T>, config: ResampleOntoConfig<'nearest'>): Volume<T>;
export function resampleAxial<T extends VoxelArray>(source: Volume<T>, config?: ResampleOntoConfig): Volume<T | Float32Array>;
export function resampleAxial(source: Volume, config: ResampleOntoConfig = {}): Volume {
  const nearest = toAxial(source);
  return resampleOnto(nearest, uprightGrid(nearest), config);
}

function uprightGrid({ shape, affine }: Grid): Grid {
  const mm = spacingMm(affine);
  const size = [mm[2], mm[1], mm[0]] as const; // along x, y, z
  const corners = [-0.5, shape[0] - 0.5].flatMap((k) =>
    [-0.5, shape[1] - 0.5].flatMap((j) => [-0.5, shape[2] - 0.5].map((i) => affineTimesPoint(affine, [i, j, k]))),
  );
  const low = [0, 1, 2].map((axis) => Math.min(...corners.map((corner) => corner[axis]!)));
  const high = [0, 1, 2].map((axis) => Math.max(...corners.map((corner) => corner[axis]!)));
  const count = size.map((each, axis) => Math.max(1, Math.ceil((high[axis]! - low[axis]!) / each - 1e-6)));
  const row = (axis: 0 | 1 | 2) => [0, 0, 0].map((_, c) => (c === axis ? size[axis] : 0)).concat(low[axis]! + size[axis] / 2);
  return {
    shape: [count[2]!, count[1]!, count[0]!] as VolumeShape,
    affine: [row(0), row(1), row(2), [0, 0, 0, 1]] as unknown as Affine,
  };
}
