import type { Vector3, VolumeShape } from '@mgmt/core';
import { LEVELS, type TileMaps } from './claheTiles.js';

/**
 * Every voxel through the maps of the eight tiles whose centers are around it, weighted by how near they are, the fraction cut off. Beyond the outermost
 * centers the outermost maps stand.
 *
 * NumPy adds the eight in float32, and their roundings decide whether a sum is cut off below or above a whole number. So each voxel is first blended from
 * four maps that are blended for the whole slice; only a sum that lies as near to a whole number as roundings reach is made again in NumPy's order.
 *
 * @param grays - the bin of every voxel, C order
 * @returns the level of every voxel, a whole number
 */
export function blendTileMaps(grays: Uint8Array, shape: VolumeShape, kernel: Vector3, { maps, tiles, bins }: TileMaps): Float32Array {
  const [slices, rows, columns] = shape;
  const levels = new Float32Array(grays.length);
  const alongSlices = neighbors(slices, kernel[0], tiles[0], tiles[1] * tiles[2] * bins);
  const alongRows = neighbors(rows, kernel[1], tiles[1], tiles[2] * bins);
  const alongColumns = neighbors(columns, kernel[2], tiles[2], bins);
  const columnBits = Math.max(...alongColumns.bits);
  const ofSlice = new Float64Array(tiles[1] * tiles[2] * bins); // the maps at the slice: [tiles along rows, columns, bins]
  const perSlice = new Float64Array(ofSlice.length); // what they change by to the next one
  for (let k = 0; k < slices; k++) {
    const slice = { maps, lower: alongSlices.lower[k]!, upper: alongSlices.upper[k]!, weight: alongSlices.weight[k]! };
    if (k === 0 || alongSlices.offset[k] === 0) startBetween(ofSlice, perSlice, slice, kernel[0]);
    else if (slice.lower !== slice.upper) for (let p = 0; p < ofSlice.length; p++) ofSlice[p]! += perSlice[p]!;
    for (let j = 0; j < rows; j++) {
      const row = { first: (k * rows + j) * columns, lower: alongRows.lower[j]!, upper: alongRows.upper[j]!, weight: alongRows.weight[j]! };
      const exactBelow = 2 ** (FLOAT32_BITS - alongSlices.bits[k]! - alongRows.bits[j]! - columnBits);
      blendRow(levels, grays, ofSlice, slice, row, alongColumns, exactBelow);
    }
  }
  return levels;
}

/** The two lines of tiles on either side of a slice or a row: where their maps begin, and how far it lies from the lower to the upper. */
interface Between {
  readonly lower: number;
  readonly upper: number;
  readonly weight: number;
}

type Slice = Between & { readonly maps: Uint16Array };
type Row = Between & { readonly first: number };

/** The maps at the first slice between two layers of tiles, and their change from one slice to the next. */
function startBetween(ofSlice: Float64Array, perSlice: Float64Array, { maps, lower, upper, weight }: Slice, size: number): void {
  for (let p = 0; p < ofSlice.length; p++) {
    const difference = maps[upper + p]! - maps[lower + p]!;
    ofSlice[p] = maps[lower + p]! + difference * weight;
    perSlice[p] = difference / size;
  }
}

/**
 * @param exactBelow - levels in whose sums nothing is rounded: weights are multiples of 2^-n where tiles have 2^m voxels, and what fits into the bits of a
 * float32 is exact. It spares most rows, and the dark background, whose level is the same whole number everywhere, the second sum.
 */
function blendRow(
  levels: Float32Array,
  grays: Uint8Array,
  ofSlice: Float64Array,
  slice: Slice,
  row: Row,
  columns: Neighbors,
  exactBelow: number,
): void {
  const { size, lower, upper, offset: offsets } = columns;
  const { weight } = row;
  const perVoxel = 1 / size;
  const half = exactBelow >= LEVELS ? 2 : 0.5; // nothing is farther from the middle of two whole numbers than 2
  for (let i = 0; i < lower.length;) {
    const aboveLeft = row.lower + lower[i]!;
    const belowLeft = row.upper + lower[i]!;
    const aboveRight = row.lower + upper[i]!;
    const belowRight = row.upper + upper[i]!;
    const voxel = row.first + i;
    const offset = offsets[i]!;
    const count = Math.min(size - offset, lower.length - i);
    for (let t = 0; t < count; t++) {
      const gray = grays[voxel + t]!;
      const topLeft = ofSlice[aboveLeft + gray]!;
      const topRight = ofSlice[aboveRight + gray]!;
      const left = topLeft + (ofSlice[belowLeft + gray]! - topLeft) * weight;
      const right = topRight + (ofSlice[belowRight + gray]! - topRight) * weight;
      const level = left + (right - left) * ((t + offset) * perVoxel);
      const whole = level | 0;
      const reach = level * ROUNDINGS;
      levels[voxel + t] = whole;
      if (Math.abs(level - whole - 0.5) >= half - reach && level >= exactBelow) {
        levels[voxel + t] = inFloat32(gray, (t + offset) / size, aboveLeft, aboveRight, belowLeft, belowRight, row, slice);
      }
    }
    i += count;
  }
}

/** The largest share of a level by which eight products and seven sums in float32 can be off, and a little more. */
const ROUNDINGS = 17 * 2 ** -25;

const FLOAT32_BITS = 24;

/** The level of one voxel, every product and every sum rounded to float32, in NumPy's order; `m` are where its maps begin, `x` how far it is to the right. */
function inFloat32(gray: number, x: number, m00: number, m01: number, m10: number, m11: number, row: Row, slice: Slice): number {
  const { maps, weight: z } = slice;
  const y = row.weight;
  const lower = slice.lower + gray;
  const upper = slice.upper + gray;
  let level = Math.fround(maps[lower + m00]! * ((1 - x) * (1 - y) * (1 - z)));
  level = Math.fround(level + Math.fround(maps[lower + m01]! * (x * (1 - y) * (1 - z))));
  level = Math.fround(level + Math.fround(maps[lower + m10]! * ((1 - x) * y * (1 - z))));
  level = Math.fround(level + Math.fround(maps[lower + m11]! * (x * y * (1 - z))));
  level = Math.fround(level + Math.fround(maps[upper + m00]! * ((1 - x) * (1 - y) * z)));
  level = Math.fround(level + Math.fround(maps[upper + m01]! * (x * (1 - y) * z)));
  level = Math.fround(level + Math.fround(maps[upper + m10]! * ((1 - x) * y * z)));
  return Math.fround(level + Math.fround(maps[upper + m11]! * (x * y * z))) | 0;
}

/** For each index of an axis the two tiles whose centers it lies between, and how far it lies from the lower one to the upper. */
interface Neighbors {
  /** Of a tile, in voxels. */
  readonly size: number;
  /** Where the maps of the lower tile begin, and of the upper one. */
  readonly lower: Int32Array;
  readonly upper: Int32Array;
  /** Voxels from the lower center, 0 to below the tile's size. */
  readonly offset: Int32Array;
  /** The same as a share of the tile. */
  readonly weight: Float64Array;
  /** Bits of that share behind the point, infinitely many where it is no binary fraction. */
  readonly bits: Float64Array;
}

/** @param stride - elements from the maps of one tile to those of the next */
function neighbors(length: number, size: number, tiles: number, stride: number): Neighbors {
  const lower = new Int32Array(length);
  const upper = new Int32Array(length);
  const offset = new Int32Array(length);
  const weight = new Float64Array(length);
  const bits = new Float64Array(length);
  for (let at = 0; at < length; at++) {
    const shifted = at + Math.floor(size / 2);
    const next = Math.floor(shifted / size);
    lower[at] = Math.max(next - 1, 0) * stride;
    upper[at] = Math.min(next, tiles - 1) * stride;
    offset[at] = shifted % size;
    weight[at] = offset[at]! / size;
    while (bits[at]! < Infinity && !Number.isInteger(weight[at]! * 2 ** bits[at]!))
      bits[at] = bits[at]! < FLOAT32_BITS ? bits[at]! + 1 : Infinity;
  }
  return { size, lower, upper, offset, weight, bits };
}
