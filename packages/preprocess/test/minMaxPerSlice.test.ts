import { volume } from '@mgmt/core';
import fc from 'fast-check';
import { minMaxPerSlice } from '../src/index.js';

describe('minMaxPerSlice', () => {
  it('takes each slice from 0 to 1', () => {
    expect([...minMaxPerSlice(volume(Int16Array.of(-100, 0, 300, 100, 7, 9, 8, 7), [2, 2, 2])).data]).toEqual([
      0, 0.25, 1, 0.5, 0, 1, 0.5, 0,
    ]);
  });

  it('makes a constant slice 0', () => {
    expect([...minMaxPerSlice(volume(Uint16Array.of(5, 5, 5, 5, 0, 0, 0, 0), [2, 2, 2])).data]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('makes what is not finite 0 and overlooks it', () => {
    expect([...minMaxPerSlice(volume(Float32Array.of(NaN, 2, 4, Infinity, 3, -Infinity), [1, 2, 3])).data]).toEqual([0, 0, 1, 0, 0.5, 0]);
    expect([...minMaxPerSlice(volume(Float32Array.of(NaN, NaN), [1, 1, 2])).data]).toEqual([0, 0]);
  });

  it('does not depend on scale or offset, and keeps the order', () => {
    const slice = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(slice, fc.integer({ min: -500, max: 500 }), (values, offset) => {
        const scaled = minMaxPerSlice(volume(Int32Array.from(values), [1, 2, 3])).data;
        expect(
          minMaxPerSlice(
            volume(
              Int32Array.from(values, (v) => 4 * v + offset),
              [1, 2, 3],
            ),
          ).data,
        ).toEqual(scaled);
        values.forEach((a, i) => values.forEach((b, j) => a < b && expect(scaled[i]! < scaled[j]!).toBe(true)));
      }),
    );
  });
});
