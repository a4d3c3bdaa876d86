import ndarray, { type NdArray } from 'ndarray';
import { type Affine, identityAffine } from './affine.js';
import { MgmtError } from './error.js';

/** The element types that a volume may have: those of DICOM and NIfTI that JavaScript has a typed array for. */
export type VoxelArray = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

/** `[slices, rows, columns]` */
export type VolumeShape = readonly [number, number, number];

/** Voxels of one acquisition as one array in C order, `[slice, row, column]`, with their place in the patient. Immutable: steps make new ones. */
export interface Volume<T extends VoxelArray = VoxelArray> {
  readonly data: T;
  readonly shape: VolumeShape;
  readonly affine: Affine;
}

/**
 * A volume of checked size.
 *
 * @param data - `slices x rows x columns` voxels, C order
 * @param affine - voxel indices to LPS millimetres; 1 mm at the origin by default
 * @throws `MgmtError` `core/shape-mismatch` where the shape does not hold exactly the voxels
 */
export function volume<T extends VoxelArray>(data: T, shape: VolumeShape, affine: Affine = identityAffine): Volume<T> {
  if (shape.some((n) => !Number.isInteger(n) || n < 1) || voxelCount(shape) !== data.length) {
    throw new MgmtError('the shape does not fit the voxels', {
      code: 'core/shape-mismatch',
      expected: `${shape.join(' x ')} = ${voxelCount(shape)} voxels, each extent at least 1`,
      found: `${data.length} voxels`,
    });
  }
  return { data, shape, affine };
}

/** The product of a shape's extents. */
export const voxelCount = ([slices, rows, columns]: VolumeShape): number => slices * rows * columns;

/** A view of the voxels as an ndarray `[slice, row, column]`; it shares their memory. */
export function asNdarray<T extends VoxelArray>({ data, shape }: Volume<T>): NdArray<T> {
  return ndarray(data, [...shape]);
}

/** A volume over the contents of a 3-D ndarray; copies only where the view is not contiguous in C order. */
export function fromNdarray<T extends VoxelArray>(array: NdArray<T>, affine: Affine): Volume<T> {
  const [slices = 0, rows = 0, columns = 0] = array.shape;
  const [s0, s1, s2] = array.stride as [number, number, number];
  if (s2 === 1 && s1 === columns && s0 === rows * columns) {
    const count = slices * rows * columns;
    const whole = array.offset === 0 && array.data.length === count;
    return volume((whole ? array.data : array.data.subarray(array.offset, array.offset + count)) as T, [slices, rows, columns], affine);
  }
  const data = new (array.data.constructor as new (length: number) => T)(slices * rows * columns);
  for (let k = 0, o = 0; k < slices; k++) {
    for (let j = 0; j < rows; j++) {
      for (let i = 0, p = array.offset + k * s0 + j * s1; i < columns; i++, p += s2) data[o++] = array.data[p]!;
    }
  }
  return volume(data, [slices, rows, columns], affine);
}
