import { readFileSync } from 'node:fs';
import { type Vector3, type Volume, volume, type VolumeShape } from '@mgmt/core';
import fc from 'fast-check';
import { cropToBox, resizeSlices, resizeVolume } from '../src/index.js';
import { asymmetric, expectNear, obliqueAffines, placeOf } from './sample.js';

interface Resized<N> {
  from: N;
  to: N;
  linear: number[];
}
const golden = JSON.parse(readFileSync(new URL('./golden/resize.json', import.meta.url), 'utf8')) as {
  slices: (Resized<[number, number]> & { nearest: number[] })[];
  volumes: Resized<[number, number, number]>[];
};
const wave = (shape: VolumeShape) =>
  volume(
    Float32Array.from({ length: shape[0] * shape[1] * shape[2] }, (_, i) => Math.sin(0.37 * i)),
    shape,
  );
const extents = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }));
const TOLERANCE = 1e-6; // a few roundings of float32 below 1; OpenCV's weights are float32 too

describe('resizeSlices', () => {
  it.each(golden.slices)('equals OpenCV: $from to $to', ({ from, to, linear, nearest }) => {
    const source = wave([1, ...from]);
    const [rows, columns] = to;
    expectNear([...resizeSlices(source, { rows, columns }).data], linear, TOLERANCE);
    expectNear([...resizeSlices(source, { rows, columns, interpolation: 'nearest' }).data], nearest, TOLERANCE);
  });

  it('treats each slice by itself', () => {
    const two = wave([2, 5, 7]);
    const resized = resizeSlices(two, { rows: 9, columns: 4 });
    const second = resizeSlices(volume(two.data.slice(35), [1, 5, 7]), { rows: 9, columns: 4 });
    expect(resized.shape).toEqual([2, 9, 4]);
    expect(resized.data.subarray(36)).toEqual(second.data);
  });

  it('keeps the type of a mask, and its labels', () => {
    const mask = volume(
      Uint8Array.from({ length: 64 }, (_, i) => [0, 1, 2, 4][(i >> 1) % 4]!),
      [1, 8, 8],
    );
    const resized = resizeSlices(mask, { rows: 13, columns: 5, interpolation: 'nearest' });
    expect(resized.data.constructor.name).toBe('Uint8Array');
    expect([...new Set(resized.data)].every((label) => [0, 1, 2, 4].includes(label))).toBe(true);
  });
});

describe('resizeVolume', () => {
  it.each(golden.volumes)('equals SciPy: $from to $to', ({ from, to, linear }) => {
    expectNear([...resizeVolume(wave(from), { shape: to }).data], linear, TOLERANCE);
  });

  it('leaves a volume of that size as it is', () => {
    const v = wave([3, 4, 5]);
    expect(resizeVolume(v, { shape: [3, 4, 5] })).toEqual(v);
    expect(resizeVolume(v, { shape: [3, 4, 5], interpolation: 'nearest' })).toEqual(v);
  });

  it('lets the affine follow: a value that is the place stays the place, away from the edges', () => {
    fc.assert(
      fc.property(obliqueAffines, extents, extents, (affine, from, to) => {
        const source = ramp(from, affine);
        const resized = resizeVolume(source, { shape: to });
        for (const [voxel, value] of voxels(resized)) {
          const old = voxel.map((j, axis) => ((j + 0.5) * from[axis]!) / to[axis]! - 0.5);
          if (old.some((at, axis) => at < 0 || at > from[axis]! - 1)) continue;
          expect(Math.abs(value - placeOf(resized, voxel)[2])).toBeLessThan(1e-3); // float32 of up to 250 mm
        }
      }),
    );
  });

  it('stays within the range of what it was given', () => {
    fc.assert(
      fc.property(extents, extents, (from, to) => {
        const source = wave(from);
        const [low, high] = [Math.min(...source.data), Math.max(...source.data)];
        for (const value of resizeVolume(source, { shape: to }).data) expect(value >= low - 1e-7 && value <= high + 1e-7).toBe(true);
      }),
    );
  });

  it('of a box is a crop and then a resize', () => {
    const v = wave([5, 6, 7]);
    const box = { start: [1, 0, 2], stop: [4, 5, 7] } as const;
    for (const interpolation of ['linear', 'nearest'] as const) {
      const expected = resizeVolume(cropToBox(v, box), { shape: [4, 3, 9], interpolation });
      expect(resizeVolume(v, { shape: [4, 3, 9], interpolation, box })).toEqual(expected);
    }
  });

  it.each([
    { start: [-1, 0, 0], stop: [2, 2, 2] },
    { start: [0, 0, 0], stop: [2, 2, 8] },
    { start: [1, 1, 1], stop: [2, 1, 2] },
  ] as const)('refuses a box that is no part of the volume: %j', (box) => {
    expect(() => resizeVolume(wave([5, 6, 7]), { shape: [2, 2, 2], box })).toThrow(/preprocess\/bad-box[^]*5 x 6 x 7/);
  });

  it('by nearest takes the voxel that the new centre lies in', () => {
    fc.assert(
      fc.property(extents, extents, (from, to) => {
        const source = asymmetric(from, [
          [1, 0, 0, 0],
          [0, 1, 0, 0],
          [0, 0, 1, 0],
          [0, 0, 0, 1],
        ]);
        for (const [voxel, value] of voxels(resizeVolume(source, { shape: to, interpolation: 'nearest' }))) {
          const [k, j, i] = voxel.map((n, axis) => Math.floor(((n + 0.5) * from[axis]!) / to[axis]!)) as [number, number, number];
          expect(value).toBe(source.data[(k * from[1] + j) * from[2] + i]);
        }
      }),
    );
  });
});

/** A volume whose values are the third coordinate of the voxels' places. */
function ramp(shape: VolumeShape, affine: Volume['affine']): Volume<Float64Array> {
  const v = volume(new Float64Array(shape[0] * shape[1] * shape[2]), shape, affine);
  let p = 0;
  for (const [voxel] of voxels(v)) v.data[p++] = placeOf(v, voxel)[2];
  return v;
}

function* voxels({ data, shape: [slices, rows, columns] }: Volume): Generator<[Vector3, number]> {
  let p = 0;
  for (let k = 0; k < slices; k++) for (let j = 0; j < rows; j++) for (let i = 0; i < columns; i++) yield [[k, j, i], data[p++]!];
}
