import { asNdarray, MgmtError, type Volume } from '@mgmt/core';
import ndarray from 'ndarray';
import ops from 'ndarray-ops';

/** One array of a network's input, C order, without the batch: `[d, h, w, c]` in 3-D, `[h, w, c]` in 2-D. */
export interface InputArray {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/**
 * Volumes as the channels of one: two modalities become two channels.
 *
 * @returns `[slices, rows, columns, volumes]`; of a single float32 volume the same memory
 * @throws `MgmtError` `preprocess/different-shapes`
 */
export function stackChannels(volumes: readonly Volume[]): InputArray {
  const [slices, rows, columns] = commonShape(volumes);
  const shape = [slices, rows, columns, volumes.length];
  if (isOneOfFloat32(volumes)) return { data: volumes[0].data, shape };
  const result = ndarray(new Float32Array(slices * rows * columns * volumes.length), shape); // [d, h, w, c]
  volumes.forEach((volume, c) => ops.assign(result.pick(null, null, null, c), asNdarray(volume)));
  return { data: result.data, shape };
}

const isOneOfFloat32 = (volumes: readonly Volume[]): volumes is readonly [Volume<Float32Array>] =>
  volumes.length === 1 && volumes[0]!.data.constructor.name === 'Float32Array';

/**
 * Slices as the channels of one image: 20 slices become the 20 channels of a 2-D network. Of several volumes those of the first come first.
 *
 * @returns `[rows, columns, volumes x slices]`
 * @throws `MgmtError` `preprocess/different-shapes`
 */
export function slicesAsChannels(volumes: readonly Volume[]): InputArray {
  const [slices, rows, columns] = commonShape(volumes);
  const shape = [rows, columns, volumes.length * slices];
  const result = ndarray(new Float32Array(rows * columns * volumes.length * slices), shape); // [h, w, c]
  volumes.forEach((volume, v) => {
    const channels = result.lo(0, 0, v * slices).hi(rows, columns, slices); // [h, w, d]
    ops.assign(channels, asNdarray(volume).transpose(1, 2, 0)); // from [d, h, w]
  });
  return { data: result.data, shape };
}

/**
 * One slice of each volume as the channels of one image.
 *
 * @returns `[rows, columns, volumes]`
 * @throws `MgmtError` `preprocess/different-shapes`
 */
export function sliceAsImage(volumes: readonly Volume[], slice: number): InputArray {
  const [, rows, columns] = commonShape(volumes);
  const shape = [rows, columns, volumes.length];
  const result = ndarray(new Float32Array(rows * columns * volumes.length), shape); // [h, w, c]
  volumes.forEach((volume, c) => ops.assign(result.pick(null, null, c), asNdarray(volume).pick(slice, null, null)));
  return { data: result.data, shape };
}

function commonShape(volumes: readonly Volume[]): Volume['shape'] {
  const [first] = volumes;
  if (first && volumes.every(({ shape }) => shape.every((n, axis) => n === first.shape[axis]))) return first.shape;
  throw new MgmtError('volumes of different shapes do not stack', {
    code: 'preprocess/different-shapes',
    expected: 'at least one volume, all of one shape',
    found: volumes.map(({ shape }) => shape.join(' x ')).join(', ') || 'none',
    hint: 'resize them to one shape, or resample one onto the other',
  });
}
