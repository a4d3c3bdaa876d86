import { type Affine, invertAffine, multiplyAffines, volume, type Volume, type VolumeShape, voxelCount, type VoxelArray } from '@mgmt/core';
import type { Interpolation } from './interpolation.js';

/** Where voxels lie, without the voxels. Every volume is one. */
export interface Grid {
  readonly shape: VolumeShape;
  readonly affine: Affine;
}

/** How values between voxels are made. */
export interface ResampleOntoConfig<I extends Interpolation = Interpolation> {
  /** `linear` by default; `nearest` for masks. */
  readonly interpolation?: I;
}

/**
 * A volume's values at the places in the patient where another grid has its voxels. Voxels are boxes: within half a voxel beyond the outermost centers their
 * values stand, and what lies outside of all of them is 0.
 *
 * @returns float32 for `linear`, the voxels' own type for `nearest`; the volume itself where it lies on that grid already. Linear interpolation spreads a NaN
 * to the voxels beside it
 * @throws `MgmtError` `core/singular-affine`
 * @example
 * resampleOnto(t1wce, toAxial(flair)); // slice by slice beside each other
 */
export function resampleOnto(source: Volume, grid: Grid, config?: ResampleOntoConfig<'linear'>): Volume<Float32Array>;
export function resampleOnto<T extends VoxelArray>(source: Volume<T>, grid: Grid, config: ResampleOntoConfig<'nearest'>): Volume<T>;
export function resampleOnto<T extends VoxelArray>(source: Volume<T>, grid: Grid, config?: ResampleOntoConfig): Volume<T | Float32Array>;
export function resampleOnto(source: Volume, { shape, affine }: Grid, { interpolation = 'linear' }: ResampleOntoConfig = {}): Volume {
  const toSource = exactWhereNearlyWhole(multiplyAffines(invertAffine(source.affine), affine));
  const isOnGrid = shape.every((n, axis) => n === source.shape[axis]) && isIdentity(toSource);
  if (interpolation === 'nearest') return isOnGrid ? source : volume(takeNearest(source, shape, toSource), shape, affine);
  if (isOnGrid) return source.data.constructor.name === 'Float32Array' ? source : volume(new Float32Array(source.data), shape, affine);
  return volume(interpolate(source, shape, toSource), shape, affine);
}

/** A billionth of a voxel is a rounding of the affines: without it a shift by whole voxels would blend. */
function exactWhereNearlyWhole(affine: Affine): Affine {
  const exact = (value: number) => (Math.abs(value - Math.round(value)) < 1e-9 ? Math.round(value) + 0 : value);
  return affine.map((row) => row.map(exact)) as unknown as Affine;
}

const isIdentity = (affine: Affine) => affine.every((row, r) => row.every((value, c) => value === (r === c ? 1 : 0)));

function interpolate({ data, shape: [slices, rows, columns] }: Volume, shape: VolumeShape, [toX, toY, toZ]: Affine): Float32Array {
  const result = new Float32Array(voxelCount(shape));
  const sliceVoxels = rows * columns;
  for (let k = 0, o = 0; k < shape[0]; k++) {
    for (let j = 0; j < shape[1]; j++) {
      const [x0, y0, z0] = [toX[1] * j + toX[2] * k + toX[3], toY[1] * j + toY[2] * k + toY[3], toZ[1] * j + toZ[2] * k + toZ[3]];
      for (let i = 0; i < shape[2]; i++, o++) {
        const x = x0 + toX[0] * i;
        const y = y0 + toY[0] * i;
        const z = z0 + toZ[0] * i;
        if (!(x >= -0.5 && y >= -0.5 && z >= -0.5 && x <= columns - 0.5 && y <= rows - 0.5 && z <= slices - 0.5)) continue;
        const left = Math.max(Math.floor(x), 0);
        const top = Math.max(Math.floor(y), 0);
        const under = Math.max(Math.floor(z), 0);
        const wx = Math.max(x - left, 0);
        const wy = Math.max(y - top, 0);
        const wz = Math.max(z - under, 0);
        const right = wx > 0 && left + 1 < columns ? 1 : 0;
        const down = wy > 0 && top + 1 < rows ? columns : 0;
        const up = wz > 0 && under + 1 < slices ? sliceVoxels : 0;
        const p = under * sliceVoxels + top * columns + left;
        const q = p + up;
        const a =
          (data[p]! * (1 - wx) + data[p + right]! * wx) * (1 - wy) + (data[p + down]! * (1 - wx) + data[p + down + right]! * wx) * wy;
        const b =
          (data[q]! * (1 - wx) + data[q + right]! * wx) * (1 - wy) + (data[q + down]! * (1 - wx) + data[q + down + right]! * wx) * wy;
        result[o] = a * (1 - wz) + b * wz;
      }
    }
  }
  return result;
}

function takeNearest<T extends VoxelArray>(source: Volume<T>, shape: VolumeShape, [toX, toY, toZ]: Affine): T {
  const { data } = source;
  const [slices, rows, columns] = source.shape;
  const result = new (data.constructor as new (length: number) => T)(voxelCount(shape));
  for (let k = 0, o = 0; k < shape[0]; k++) {
    for (let j = 0; j < shape[1]; j++) {
      for (let i = 0; i < shape[2]; i++, o++) {
        const x = Math.round(toX[0] * i + toX[1] * j + toX[2] * k + toX[3]);
        const y = Math.round(toY[0] * i + toY[1] * j + toY[2] * k + toY[3]);
        const z = Math.round(toZ[0] * i + toZ[1] * j + toZ[2] * k + toZ[3]);
        if (x >= 0 && y >= 0 && z >= 0 && x < columns && y < rows && z < slices) result[o] = data[(z * rows + y) * columns + x]!;
      }
    }
  }
  return result;
}
