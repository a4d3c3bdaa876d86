import { MgmtError, volume, type Volume, type VolumeShape, voxelCount, type VoxelArray } from '@mgmt/core';
import type { Box } from './box.js';
import { scaleGrid, shiftGrid } from './gridAffine.js';
import { type Interpolation, type LinearTaps, linearTaps, nearestIndices } from './interpolation.js';

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
  /** The part of the volume that is resized, within it; the whole by default. The same as a crop before, without the copy. */
  readonly box?: Box;
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
export function resizeVolume(source: Volume, { shape, box, interpolation = 'linear' }: ResizeVolumeConfig): Volume {
  const part = box
    ? partOf(source, box)
    : { ...source, first: 0, rowStride: source.shape[2], sliceStride: source.shape[1] * source.shape[2] };
  const [slices, rows, columns] = part.shape;
  const affine = scaleGrid(part.affine, [columns / shape[2], rows / shape[1], slices / shape[0]]);
  return volume(interpolation === 'nearest' ? pickNearest(part, shape) : blend(part, shape), shape, affine);
}

/** A box of a volume, its voxels where they were: `first + k sliceStride + j rowStride + i`. */
interface Part<T extends VoxelArray = VoxelArray> extends Volume<T> {
  readonly first: number;
  readonly sliceStride: number;
  readonly rowStride: number;
}

function partOf<T extends VoxelArray>({ data, shape, affine }: Volume<T>, { start, stop }: Box): Part<T> {
  if (!start.every((from, axis) => from >= 0 && from < stop[axis]! && stop[axis]! <= shape[axis]!)) {
    throw new MgmtError('the part to be resized is no part of the volume', {
      code: 'preprocess/bad-box',
      expected: `a box with voxels within ${shape.join(' x ')}`,
      found: `[${start.join(', ')}] to [${stop.join(', ')}]`,
      hint: 'cropToBox pads what lies outside',
    });
  }
  const [rowStride, sliceStride] = [shape[2], shape[1] * shape[2]];
  return {
    data,
    shape: [stop[0] - start[0], stop[1] - start[1], stop[2] - start[2]],
    affine: shiftGrid(affine, [start[2], start[1], start[0]]),
    first: start[0] * sliceStride + start[1] * rowStride + start[2],
    sliceStride,
    rowStride,
  };
}

/**
 * Along rows, then columns, then slices: between rows is where the most numbers are made and the processor has the least to do for one. Each old slice is
 * interpolated once; two are kept.
 */
function blend({ data, shape: [slices, rows, columns], first, sliceStride, rowStride }: Part, shape: VolumeShape): Float32Array {
  const result = new Float32Array(voxelCount(shape));
  const sliceVoxels = shape[1] * shape[2];
  const alongSlices = linearTaps(slices, shape[0]);
  const alongRows = linearTaps(rows, shape[1]);
  const alongColumns = linearTaps(columns, shape[2]);
  const row = new Float64Array(columns);
  const blendPlane = (old: number, target: Float32Array) => {
    const start = first + old * sliceStride;
    for (let j = 0; j < shape[1]; j++) {
      blendRows(row, data, start + alongRows.lower[j]! * rowStride, start + alongRows.upper[j]! * rowStride, alongRows.weight[j]!);
      blendColumns(target, j * shape[2], row, alongColumns);
    }
  };
  const plane = latestTwo(sliceVoxels, Float32Array, blendPlane);
  for (let k = 0; k < shape[0]; k++) {
    const slice = result.subarray(k * sliceVoxels, (k + 1) * sliceVoxels);
    if (slices === shape[0]) blendPlane(k, slice);
    else blendPlanes(slice, plane(alongSlices.lower[k]!), plane(alongSlices.upper[k]!), alongSlices.weight[k]!);
  }
  return result;
}

/** Lines by their number, made when they are asked for; the two asked for last stay. */
function latestTwo<T>(length: number, Type: new (length: number) => T, make: (index: number, target: T) => void): (index: number) => T {
  const lines = [new Type(length), new Type(length)] as const;
  const held = [-1, -1];
  let latest = 0;
  return (index) => {
    const at = held.indexOf(index);
    latest = at < 0 ? 1 - latest : at;
    if (at < 0) {
      make(index, lines[latest]!);
      held[latest] = index;
    }
    return lines[latest]!;
  };
}

function blendRows(target: Float64Array, data: VoxelArray, above: number, below: number, weight: number): void {
  const rest = 1 - weight;
  for (let i = 0; i < target.length; i++) target[i] = data[above + i]! * rest + data[below + i]! * weight;
}

function blendColumns(target: Float32Array, first: number, row: Float64Array, { lower, upper, weight }: LinearTaps): void {
  for (let i = 0; i < weight.length; i++) {
    const w = weight[i]!;
    target[first + i] = row[lower[i]!]! * (1 - w) + row[upper[i]!]! * w;
  }
}

function blendPlanes(target: Float32Array, below: Float32Array, above: Float32Array, weight: number): void {
  for (let p = 0; p < target.length; p++) target[p] = below[p]! * (1 - weight) + above[p]! * weight;
}

function pickNearest<T extends VoxelArray>(part: Part<T>, shape: VolumeShape): T {
  const result = new (part.data.constructor as new (length: number) => T)(voxelCount(shape));
  const [k, j, i] = part.shape.map((n, axis) => nearestIndices(n, shape[axis]!)) as [Int32Array, Int32Array, Int32Array];
  let o = 0;
  for (const slice of k) {
    for (const row of j) {
      const p = part.first + slice * part.sliceStride + row * part.rowStride;
      for (let c = 0; c < shape[2]; c++) result[o++] = part.data[p + i[c]!]!;
    }
  }
  return result;
}
