import { readFileSync } from 'node:fs';
import { type Affine, axisCodes, spacingMm, volume, type VolumeShape } from '@mgmt/core';
import fc from 'fast-check';
import { resampleAxial, resampleOnto, resampleSpacing, reorient, toAxial } from '../src/index.js';
import { asymmetric, expectNear, obliqueAffines, orientations, placeOf } from './sample.js';

const golden = JSON.parse(readFileSync(new URL('./golden/resample.json', import.meta.url), 'utf8')) as {
  resampled: { name: string; matrix: number[][]; offset: number[]; shape: VolumeShape; linear: (number | null)[] }[];
};
const wave = (shape: VolumeShape, affine: Affine) =>
  volume(
    Float32Array.from({ length: shape[0] * shape[1] * shape[2] }, (_, i) => Math.sin(0.37 * i)),
    shape,
    affine,
  );
const UPRIGHT: Affine = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
];
const shapes = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }));

describe('resampleOnto', () => {
  it.each(golden.resampled)('equals SciPy between the centers: $name', ({ matrix, offset, shape, linear }) => {
    // from (slice, row, column) to (column, row, slice)
    const affine = [2, 1, 0].map((r) => [matrix[r]![2]!, matrix[r]![1]!, matrix[r]![0]!, offset[r]!]).concat([[0, 0, 0, 1]]);
    const { data } = resampleOnto(wave([7, 8, 9], UPRIGHT), { shape, affine: affine as unknown as Affine });
    expect(linear.filter((value) => value !== null).length).toBeGreaterThan(100);
    const inside = linear.flatMap((value, p) => (value === null ? [] : [[value, data[p]!] as const]));
    expectNear(
      inside.map(([, value]) => value),
      inside.map(([value]) => value),
      1e-6, // float32 below 1
    );
  });

  it('onto its own grid is the volume itself', () => {
    fc.assert(
      fc.property(shapes, obliqueAffines, (shape, affine) => {
        const v = wave(shape, affine);
        expect(resampleOnto(v, { shape, affine })).toBe(v);
        expect(resampleOnto(v, { shape, affine }, { interpolation: 'nearest' })).toBe(v);
      }),
    );
  });

  it('of a volume in another orientation is its reorientation', () => {
    fc.assert(
      fc.property(shapes, obliqueAffines, fc.constantFrom(...orientations), (shape, affine, codes) => {
        const v = asymmetric(shape, affine);
        const turned = reorient(v, codes);
        expect(resampleOnto(turned, v, { interpolation: 'nearest' }).data).toEqual(v.data);
        expectNear([...resampleOnto(turned, v).data], [...v.data], 1e-3);
      }),
    );
  });

  it('is 0 beyond half a voxel around the volume, and the outermost value within', () => {
    const v = volume(Float32Array.of(4, 8), [1, 1, 2]);
    const at = (column: number) =>
      resampleOnto(v, { shape: [1, 1, 1], affine: [[1, 0, 0, column], UPRIGHT[1], UPRIGHT[2], UPRIGHT[3]] }).data[0];
    expect([-0.6, -0.5, -0.2, 0, 0.25, 1, 1.4, 1.6].map(at)).toEqual([0, 4, 4, 4, 5, 8, 8, 0]);
  });

  it('keeps the type and the labels of a mask', () => {
    const mask = volume(Uint8Array.of(0, 1, 2, 4, 0, 4, 2, 1), [2, 2, 2]);
    const grid = { shape: [5, 5, 5] as const, affine: [[0.4, 0, 0, -0.3], [0, 0.4, 0, -0.3], [0, 0, 0.4, -0.3], UPRIGHT[3]] as Affine };
    const { data } = resampleOnto(mask, grid, { interpolation: 'nearest' });
    expect(data.constructor.name).toBe('Uint8Array');
    expect([...new Set(data)].every((label) => [0, 1, 2, 4].includes(label))).toBe(true);
  });

  it('spreads a NaN only to its neighbors', () => {
    const v = volume(Float32Array.of(NaN, 2, 4, 6), [1, 1, 4]);
    const moved = resampleOnto(v, { shape: [1, 1, 3], affine: [[1, 0, 0, 0.5], UPRIGHT[1], UPRIGHT[2], UPRIGHT[3]] });
    expect([...moved.data]).toEqual([NaN, 3, 5]);
  });
});

describe('resampleSpacing', () => {
  const wanted = fc.tuple(
    fc.double({ min: 0.4, max: 5, noNaN: true }),
    fc.double({ min: 0.4, max: 5, noNaN: true }),
    fc.double({ min: 0.4, max: 5, noNaN: true }),
  );

  it('has exactly the asked spacing, the same center and directions, and no voxel outside', () => {
    fc.assert(
      fc.property(shapes, obliqueAffines, wanted, (shape, affine, mm) => {
        const v = volume(new Float32Array(shape[0] * shape[1] * shape[2]).fill(3), shape, affine);
        const resampled = resampleSpacing(v, { spacingMm: mm });
        expectNear(spacingMm(resampled.affine), mm, 1e-9);
        expect(axisCodes(resampled.affine)).toEqual(axisCodes(affine));
        const middle = ({ shape: s }: { shape: VolumeShape }) => [(s[0] - 1) / 2, (s[1] - 1) / 2, (s[2] - 1) / 2] as const;
        expectNear(placeOf(resampled, middle(resampled)), placeOf(v, middle(v)), 1e-9);
        expectNear([...new Set(resampled.data)], [3], 1e-6);
        resampled.shape.forEach((count, axis) => {
          const exact = Math.max(1, (shape[axis]! * spacingMm(affine)[axis]!) / mm[axis]!);
          expect(Math.abs(count - exact)).toBeLessThan(0.5 + 1e-9); // the nearest count; a tie goes either way
        });
      }),
    );
  });

  it('is the volume itself where it has that spacing', () => {
    const v = asymmetric([2, 3, 4], [[2, 0, 0, 5], [0, 3, 0, 6], [0, 0, 4, 7], UPRIGHT[3]]);
    expect(resampleSpacing(v, { spacingMm: [4, 3, 2], interpolation: 'nearest' })).toBe(v);
  });
});

describe('resampleAxial', () => {
  it('only exchanges axes where nothing is oblique', () => {
    const v = asymmetric([3, 4, 5], UPRIGHT);
    for (const codes of orientations)
      expect(resampleAxial(reorient(v, codes), { interpolation: 'nearest' })).toEqual(toAxial(reorient(v, codes)));
  });

  it('turns an oblique volume upright, and every place keeps its value', () => {
    fc.assert(
      fc.property(obliqueAffines, (affine) => {
        // a ramp along the patient's x, y and z: linear interpolation keeps it
        const v = volume(new Float32Array(9 * 9 * 9), [9, 9, 9], affine);
        let p = 0;
        for (let k = 0; k < 9; k++) for (let j = 0; j < 9; j++) for (let i = 0; i < 9; i++) v.data[p++] = placeOf(v, [k, j, i])[0] + 1000;
        const upright = resampleAxial(v);
        const [x, y, z] = upright.affine;
        expectNear([x[1], x[2], y[0], y[2], z[0], z[1]], [0, 0, 0, 0, 0, 0], 1e-9);
        expectNear(spacingMm(upright.affine), spacingMm(v.affine), 1e-9);
        const middle = placeOf(v, [4, 4, 4]);
        const voxel = [2, 1, 0].map((axis) => Math.round((middle[axis]! - upright.affine[axis]![3]) / upright.affine[axis]![axis]!));
        const [k, j, i] = voxel as [number, number, number];
        const value = upright.data[(k * upright.shape[1] + j) * upright.shape[2] + i]!;
        expect(value).toBeCloseTo(placeOf(upright, [k, j, i])[0] + 1000, 2);
      }),
    );
  });

  it('holds the whole volume', () => {
    fc.assert(
      fc.property(obliqueAffines, (affine) => {
        const v = volume(new Float32Array(6 * 6 * 6).fill(2), [6, 6, 6], affine);
        const upright = resampleAxial(v);
        for (const corner of [
          [0, 0, 0],
          [5, 5, 5],
          [0, 5, 0],
          [5, 0, 5],
        ] as const) {
          const place = placeOf(v, corner);
          [2, 1, 0].forEach((axis, a) => {
            const at = (place[axis]! - upright.affine[axis]![3]) / upright.affine[axis]![axis]!;
            expect(at).toBeGreaterThanOrEqual(-0.5);
            expect(at).toBeLessThanOrEqual(upright.shape[a]! - 0.5);
          });
        }
      }),
    );
  });
});
