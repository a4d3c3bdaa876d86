import { readFileSync } from 'node:fs';
import { volume, type Vector3, type VolumeShape } from '@mgmt/core';
import fc from 'fast-check';
import { clahe, minMax } from '../src/index.js';
import { expectNear } from './sample.js';

interface Equalized {
  name: string;
  shape: VolumeShape;
  kernel: Vector3 | null;
  clipLimit: number;
  bins: number;
  dtype: 'float32' | 'float64';
  power: number;
  floor: number;
  sum: number;
  seventh: number[];
}
const golden = JSON.parse(readFileSync(new URL('./golden/clahe.json', import.meta.url), 'utf8')) as { volumes: Equalized[] };
const TOLERANCE = 1e-6; // of float32 in [0, 1]; a level more or less would be 6e-5

function voxels({ shape, dtype, power, floor }: Equalized) {
  const values = Float64Array.from(
    { length: shape[0] * shape[1] * shape[2] },
    (_, i) => (((7919 * i + 13 * i * i) % 9973) / 9972) ** power,
  );
  const floored = values.map((value) => (value < floor ? 0 : value));
  return volume(dtype === 'float32' ? new Float32Array(floored) : floored, shape);
}

const shapes = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 2, max: 6 }));
const noise = shapes.chain(([slices, rows, columns]) => {
  const count = slices * rows * columns;
  return fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: count, maxLength: count }).map((values) =>
    volume(
      Float32Array.from(values, (value) => value / 1000),
      [slices, rows, columns],
    ),
  );
});

describe('clahe', () => {
  it.each(golden.volumes)('equals scikit-image: $name', (expected) => {
    const { kernel, clipLimit, bins, sum, seventh } = expected;
    const { data } = clahe(voxels(expected), { ...(kernel && { kernel }), clipLimit, bins });
    expectNear(
      [...data].filter((_, i) => i % 7 === 0),
      seventh,
      TOLERANCE,
    );
    expect(Math.abs(data.reduce((total, value) => total + value, 0) - sum)).toBeLessThan(data.length * TOLERANCE);
  });

  it('equals scikit-image 0.26 on a wave of 16 x 16 x 16', () => {
    const wave = Float64Array.from({ length: 4096 }, (_, j) => 0.5 + 0.5 * Math.sin(0.05 * j));
    const { data } = clahe(volume(wave, [16, 16, 16]), { kernel: [8, 8, 8] });
    expect(data.reduce((sum, value) => sum + value, 0)).toBeCloseTo(2050.4292406, 4); // 4,096 float32
    expect(data[(3 * 16 + 5) * 16 + 7]).toBeCloseTo(0.0592332347, 7);
    expect(data[(12 * 16 + 1) * 16 + 14]).toBeCloseTo(0.0808678501, 7);
  });

  it('has the kernel of an eighth, rounded down, by default', () => {
    const v = voxels({ ...golden.volumes[0]!, shape: [17, 26, 35] });
    expect(clahe(v)).toEqual(clahe(v, { kernel: [2, 3, 4], clipLimit: 0.01, bins: 256 }));
  });

  it('spans 0 to 1, whatever it is given', () => {
    fc.assert(
      fc.property(noise, (v) => {
        const { data } = clahe(v);
        const isFlat = data.every((value) => value === 0);
        expect(Math.min(...data)).toBe(0);
        expect(Math.max(...data)).toBe(isFlat ? 0 : 1);
      }),
    );
  });

  it('keeps the order of gray values where one tile is all there is', () => {
    const values = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 64, maxLength: 64 }); // a power of two: no sum is rounded
    fc.assert(
      fc.property(values, (grays) => {
        const v = volume(
          Float32Array.from(grays, (gray) => gray / 1000),
          [2, 4, 8],
        );
        const { data } = clahe(v, { kernel: v.shape, clipLimit: 0 });
        const order = [...v.data.keys()].sort((a, b) => v.data[a]! - v.data[b]!);
        expect(order.slice(1).filter((p, i) => data[p]! < data[order[i]!]!)).toEqual([]);
      }),
    );
  });

  it('of a volume’s own range is that of the scaled volume', () => {
    fc.assert(
      fc.property(noise, fc.integer({ min: -500, max: 500 }), fc.integer({ min: 1, max: 900 }), (v, offset, factor) => {
        const moved = volume(
          v.data.map((value) => offset + factor * value),
          v.shape,
        );
        expect(clahe(moved, { range: 'volume' })).toEqual(clahe(minMax(moved)));
      }),
    );
  });

  it('makes blank and constant volumes 0', () => {
    for (const value of [0, 0.4, 1, NaN]) {
      expect(new Set(clahe(volume(new Float32Array(64).fill(value), [4, 4, 4])).data)).toEqual(new Set([0]));
      expect(new Set(clahe(volume(new Float32Array(64).fill(value), [4, 4, 4]), { range: 'volume' }).data)).toEqual(new Set([0]));
    }
    expect(new Set(clahe(volume(new Int16Array(64).fill(-7), [4, 4, 4]), { range: 'volume' }).data)).toEqual(new Set([0]));
  });

  it('takes what is not finite for the darkest voxel', () => {
    const v = voxels({ ...golden.volumes[0]!, shape: [8, 8, 8] });
    v.data.fill(0, 0, 9);
    const expected = clahe(v);
    v.data.fill(NaN, 0, 9);
    expect(clahe(v).data).toEqual(expected.data);
    v.data.fill(-Infinity, 4, 7);
    expect(clahe(v, { range: 'volume' }).data.every(Number.isFinite)).toBe(true);
  });

  it('asks for voxels in [0, 1]', () => {
    expect(() => clahe(volume(Float32Array.of(0, 1.5), [1, 1, 2]))).toThrow(/preprocess\/not-in-unit-range[^]*0 to 1.5[^]*range: 'volume'/);
    expect(() => clahe(volume(Int16Array.of(-1, 1), [1, 1, 2]))).toThrow(/preprocess\/not-in-unit-range/);
  });

  it.each([
    { kernel: [0, 1, 1] as const },
    { kernel: [1, 1.5, 1] as const },
    { clipLimit: -0.1 },
    { clipLimit: NaN },
    { bins: 1 },
    { bins: 300 },
  ])('refuses %j', (config) => {
    expect(() => clahe(volume(Float32Array.of(0, 1), [1, 1, 2]), config)).toThrow(/preprocess\/bad-config/);
  });
});
