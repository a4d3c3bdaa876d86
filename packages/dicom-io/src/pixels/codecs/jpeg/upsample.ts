import type { StoredArray } from '../../storedArray.js';
import type { JpegFrame } from './jpegReader.js';
import type { Plane } from './sequential.js';

/**
 * Brings a component to the size of the image and places it among the others.
 *
 * @param values - `[row, column, component]`
 * @param index - of the component
 * @remarks Where it was halved along the rows, or along both, neighbors are weighted 3 to 1, as libjpeg does by default (jdsample.c, "fancy"
 * upsampling); other factors repeat samples, as it does too.
 */
export function placePlane(plane: Plane, values: StoredArray, index: number, { rows, columns, samples }: JpegFrame): void {
  const { across, down } = plane;
  const smooth = across === 2 && down <= 2 && plane.columns > 2;
  const line = new Uint16Array(plane.columns * across);
  const sums = new Int32Array(plane.columns);
  for (let row = 0; row < rows; row++) {
    const nearest = Math.floor(row / down);
    if (smooth) smoothLine(plane, nearest, down === 1 ? 0 : row % 2 === 0 ? -1 : 1, sums, line);
    else for (let i = 0, from = nearest * plane.stride; i < columns; i++) line[i] = plane.samples[from + Math.floor(i / across)]!;
    for (let i = 0, to = row * columns * samples + index; i < columns; i++, to += samples) values[to] = line[i]!;
  }
}

/**
 * Twice as many columns.
 *
 * @param other - the row that is mixed in, from this one: -1, 1, or 0 for none
 */
function smoothLine({ samples, stride, rows, columns }: Plane, row: number, other: number, sums: Int32Array, line: Uint16Array): void {
  const from = row * stride;
  const beside = Math.min(Math.max(row + other, 0), rows - 1) * stride; // the first and the last row count twice
  for (let i = 0; i < columns; i++) sums[i] = other === 0 ? samples[from + i]! : 3 * samples[from + i]! + samples[beside + i]!;
  const shift = other === 0 ? 2 : 4;
  const [toLeft, toRight] = other === 0 ? [1, 2] : [8, 7]; // rounding alternates, so that it does not brighten
  const last = columns - 1;
  for (let i = 0; i < columns; i++) {
    const sum = sums[i]!;
    line[2 * i] = i === 0 ? (4 * sum + toLeft) >> shift : (3 * sum + sums[i - 1]! + toLeft) >> shift;
    line[2 * i + 1] = i === last ? (4 * sum + toRight) >> shift : (3 * sum + sums[i + 1]! + toRight) >> shift;
  }
}
