import type { VoxelArray } from '@mgmt/core';
import fc from 'fast-check';
import { insideScan } from '../src/insideScan.js';

const types = fc.constantFrom<new (values: number[]) => VoxelArray>(
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
);
/** Mostly zeros, in runs; a sixteenth of -32768 and -128, whose bytes hold zeros too. */
const values = fc
  .array(fc.tuple(fc.nat(9), fc.constantFrom(0, 0, 0, 1, -1, -128, -32768, NaN, 100)), { minLength: 1, maxLength: 12 })
  .map((runs) => runs.flatMap(([length, value]) => new Array<number>(length + 1).fill(value)));
const rules = fc.constantFrom<(value: number) => boolean>(
  (value) => value !== 0 && !Number.isNaN(value),
  (value) => value >= 50,
  (value) => value >= -5, // zero is inside
  () => false,
);

describe('insideScan', () => {
  it('finds the first and the last voxel inside, in arrays of any type that begin anywhere', () => {
    fc.assert(
      fc.property(types, values, rules, fc.nat(7), fc.nat(), fc.nat(), (Type, list, isInside, skipped, a, b) => {
        const data = new Type(list).subarray(Math.min(skipped, list.length - 1));
        const [start, end] = [a % (data.length + 1), b % (data.length + 1)].sort((x, y) => x - y) as [number, number];
        const inside = [...data.keys()].filter((p) => p >= start && p < end && isInside(data[p]!));
        const scan = insideScan(data, isInside);
        expect(scan.first(start, end)).toBe(inside[0] ?? end);
        expect(scan.afterLast(start, end)).toBe((inside.at(-1) ?? start - 1) + 1);
      }),
      { numRuns: 1000 },
    );
  });
});
