import { volume, type Volume, type VolumeShape, voxelCount, type VoxelArray } from '@mgmt/core';
import { scaleGrid } from './gridAffine.js';
import { type Interpolation, linearTaps, nearestIndices } from './interpolation.js';

/** The size of slices, and how it is reached. */
export interface ResizeSlicesConfig<I extends Interpolation = Interpolation> {
  readonly rows: number;
  readonly columns: number;
  /** `linear` by default. */
  readonly interpolation?: I;
}

/** The size of a volume, and how it is reached. */
export interface ResizeVolumeConfig<I extends Interpolation = Interpolation> {
  readonly shape: VolumeShape;
  /** `linear` by default. */
  readonly interpolation?: I;
}

/**
 * Resizes every slice; the number of slices stays. The half-pixel-centre rule holds: pixels are areas, the image keeps its extent, new index `j` lies at
 * old index `(j + 0.5) old / new - 0.5`, and beyond the outermost centres their values stand, as with OpenCV's `INTER_LINEAR` and PyTorch's
 * `align_corners=False`. There is no antialiasing. The affine follows.
 *
 * @returns float32 for `linear`, the voxels' own type for `nearest`. Linear interpolation spreads a NaN to the pixels beside it
 */
export function resizeSlices(source: Volume, config: ResizeSlicesConfig<'linear'>): Volume<Float32Array>;
export function resizeSlices<T extends VoxelArray>(source: Volume<T>, config: ResizeSlicesConfig<'nearest'>): Volume<T>;
export function resizeSlices<T extends VoxelArray>(source: Volume<T>, config: ResizeSlicesConfig): Volume<T | Float32Array>;
export function resizeSlices(source: Volume, { rows, columns, interpolation }: ResizeSlicesConfig): Volume {
  return resizeVolume(source, { shape: [source.shape[0], rows, columns], interpolation: interpolation ?? 'linear' } as ResizeVolumeConfig);
}

/**
 * Resizes along all three axes (trilinear, or nearest) under the rule of {@link resizeSlices}.
 *
 * @returns float32 for `linear`, the voxels' own type for `nearest`
 */
export function resizeVolume(source: Volume, config: ResizeVolumeConfig<'linear'>): Volume<Float32Array>;
export function resizeVolume<T extends VoxelArray>(source: Volume<T>, config: ResizeVolumeConfig<'nearest'>): Volume<T>;
export function resizeVolume<T extends VoxelArray>(source: Volume<T>, config: ResizeVolumeConfig): Volume<T | Float32Array>;
export function resizeVolume(source: Volume, { shape, interpolation = 'linear' }: ResizeVolumeConfig): Volume {
  const [slices, rows, columns] = source.shape;
  const affine = scaleGrid(source.affine, [columns / shape[2], rows / shape[1], slices / shape[0]]);
  if (interpolation === 'nearest') return volume(pickNearest(source, shape), shape, affine);
  const inPlane = blendInSlices(source, shape[1], shape[2]); // [slices, rows', columns']
  return volume(slices === shape[0] ? inPlane : blendSlices(inPlane, slices, shape), shape, affine);
}

function blendInSlices({ data, shape: [slices, rows, columns] }: Volume, newRows: number, newColumns: number): Float32Array {
  const result = new Float32Array(slices * newRows * newColumns);
  const down = linearTaps(rows, newRows);
  const { lower, upper, weight } = linearTaps(columns, newColumns);
  for (let k = 0, o = 0; k < slices; k++) {
    for (let j = 0; j < newRows; j++) {
      const above = (k * rows + down.lower[j]!) * columns;
      const below = (k * rows + down.upper[j]!) * columns;
      const v = down.weight[j]!;
      for (let i = 0; i < newColumns; i++) {
        const left = lower[i]!;
        const right = upper[i]!;
        const w = weight[i]!;
        const a = data[above + left]! * (1 - w) + data[above + right]! * w;
        const b = data[below + left]! * (1 - w) + data[below + right]! * w;
        result[o++] = a * (1 - v) + b * v;
      }
    }
  }
  return result;
}

function blendSlices(data: Float32Array, slices: number, shape: VolumeShape): Float32Array {
  const result = new Float32Array(voxelCount(shape));
  const sliceVoxels = shape[1] * shape[2];
  const { lower, upper, weight } = linearTaps(slices, shape[0]);
  for (let k = 0, o = 0; k < shape[0]; k++) {
    const below = lower[k]! * sliceVoxels;
    const above = upper[k]! * sliceVoxels;
    const w = weight[k]!;
    for (let p = 0; p < sliceVoxels; p++) result[o++] = data[below + p]! * (1 - w) + data[above + p]! * w;
  }
  return result;
}

function pickNearest<T extends VoxelArray>({ data, shape: [slices, rows, columns] }: Volume<T>, shape: VolumeShape): T {
  const result = new (data.constructor as new (length: number) => T)(voxelCount(shape));
  const [k, j, i] = [nearestIndices(slices, shape[0]), nearestIndices(rows, shape[1]), nearestIndices(columns, shape[2])];
  let o = 0;
  for (const slice of k) {
    for (const row of j) {
      const p = (slice * rows + row) * columns;
      for (let c = 0; c < shape[2]; c++) result[o++] = data[p + i[c]!]!;
    }
  }
  return result;
}
