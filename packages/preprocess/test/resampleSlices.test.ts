import { spacingMm, volume, type Affine } from '@mgmt/core';
import fc from 'fast-check';
import { resampleSlices } from '../src/index.js';

const stack = (slices: number, mm: number) => {
  const affine: Affine = [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, mm, 0],
    [0, 0, 0, 1],
  ];
  return volume(
    Float32Array.from({ length: slices * 4 }, (_, i) => Math.floor(i / 4)),
    [slices, 2, 2],
    affine,
  );
};

describe('resampleSlices', () => {
  it('comes as near to the asked distance as whole slices allow, and keeps the extent', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 1, max: 80 }),
        (slices, found, wanted) => {
          const v = resampleSlices(stack(slices, found / 8), { spacingMm: wanted / 8 });
          expect(v.shape[0]).toBe(Math.max(1, Math.round((slices * found) / wanted)));
          expect(v.shape[0] * spacingMm(v.affine)[0]).toBeCloseTo((slices * found) / 8, 6);
        },
      ),
    );
  });

  it('leaves a volume alone whose slices are right', () => {
    const v = stack(20, 5);
    expect(resampleSlices(v, { spacingMm: 5.1 })).toBe(v);
  });

  it('takes values between those of the slices that there are', () => {
    expect([...resampleSlices(stack(4, 2), { spacingMm: 4 }).data].filter((_, i) => i % 4 === 0)).toEqual([0.5, 2.5]);
  });
});
