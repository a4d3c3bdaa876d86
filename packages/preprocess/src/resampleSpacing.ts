import { spacingMm, type Vector3, type Volume, type VolumeShape, type VoxelArray } from '@mgmt/core';
import { scaleGrid, shiftGrid } from './gridAffine.js';
import type { Interpolation } from './interpolation.js';
import { type Grid, resampleOnto } from './resampleOnto.js';

/** The size of voxels, and how it is reached. */
export interface ResampleSpacingConfig<I extends Interpolation = Interpolation> {
  /** Distance between neighboring voxels along `[slice, row, column]`, each more than 0. */
  readonly spacingMm: Vector3;
  /** `linear` by default; `nearest` for masks. */
  readonly interpolation?: I;
}

/**
 * Voxels of exactly the asked size, as many as come nearest to the volume's extent, about its center. Its axes keep their directions.
 *
 * @returns float32 for `linear`, the voxels' own type for `nearest`; what NaN, blank and constant volumes become is {@link resampleOnto}'s matter
 * @example
 * resampleSpacing(head, { spacingMm: [1, 1, 1] });
 */
export function resampleSpacing(source: Volume, config: ResampleSpacingConfig<'linear'>): Volume<Float32Array>;
export function resampleSpacing<T extends VoxelArray>(source: Volume<T>, config: ResampleSpacingConfig<'nearest'>): Volume<T>;
export function resampleSpacing<T extends VoxelArray>(source: Volume<T>, config: ResampleSpacingConfig): Volume<T | Float32Array>;
export function resampleSpacing(source: Volume, { spacingMm: wanted, interpolation = 'linear' }: ResampleSpacingConfig): Volume {
  return resampleOnto(source, gridOfSpacing(source, wanted), { interpolation });
}

function gridOfSpacing({ shape, affine }: Grid, wanted: Vector3): Grid {
  const sizes = spacingMm(affine).map((mm, axis) => wanted[axis]! / mm); // of a new voxel in old ones
  const count = shape.map((n, axis) => Math.max(1, Math.round(n / sizes[axis]!))) as unknown as VolumeShape;
  const margin = shape.map((n, axis) => (n - count[axis]! * sizes[axis]!) / 2); // old voxels before the first new one
  const shifted = shiftGrid(affine, [margin[2]!, margin[1]!, margin[0]!]);
  return { shape: count, affine: scaleGrid(shifted, [sizes[2]!, sizes[1]!, sizes[0]!]) };
}
