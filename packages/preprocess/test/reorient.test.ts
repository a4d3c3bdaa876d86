import { axisCodes, type AxisCodes, volume } from '@mgmt/core';
import fc from 'fast-check';
import { reorient, toAxial } from '../src/index.js';
import { asymmetric, expectNear, find, obliqueAffines, orientations, placeOf } from './sample.js';

const shapes = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 40 })); // over the copy's tiles of 32
const someOrientation = fc.constantFrom(...orientations);

describe('toAxial', () => {
  it.each(orientations.map((codes) => [codes.join(''), codes] as const))('restores an axial volume from %s', (_name, codes) => {
    fc.assert(
      fc.property(shapes, obliqueAffines, (shape, affine) => {
        const axial = asymmetric(shape, affine);
        const turned = reorient(axial, codes);
        expect(axisCodes(turned.affine)).toEqual(codes);
        const back = toAxial(turned);
        expect(back.shape).toEqual(shape);
        expect(back.data).toEqual(axial.data);
        back.affine.forEach((row, r) => expectNear(row, affine[r]!, 1e-9));
      }),
      { numRuns: 5 },
    );
  });

  it('done twice is done once', () => {
    fc.assert(
      fc.property(shapes, obliqueAffines, someOrientation, (shape, affine, codes) => {
        const once = toAxial(reorient(asymmetric(shape, affine), codes));
        expect(toAxial(once)).toBe(once);
      }),
    );
  });

  it('leaves no voxel in another place of the patient', () => {
    fc.assert(
      fc.property(shapes, obliqueAffines, someOrientation, fc.nat(), (shape, affine, codes, pick) => {
        const axial = asymmetric(shape, affine);
        const value = 1 + (pick % axial.data.length);
        const turned = reorient(axial, codes);
        expectNear(placeOf(turned, find(turned, value)), placeOf(axial, find(axial, value)), 1e-9);
      }),
    );
  });

  it('turns a sagittal volume the right way round', () => {
    // [slice, row, column] of the sagittal one grow to the left, downward and to the front
    const sagittal = volume(
      Int16Array.of(1, 2, 3, 4, 5, 6, 7, 8),
      [2, 2, 2],
      [
        [0, 0, 5, -2],
        [-1, 0, 0, 10],
        [0, -1, 0, 20],
        [0, 0, 0, 1],
      ],
    );
    expect(axisCodes(sagittal.affine).join('')).toBe('LIA');
    const axial = toAxial(sagittal);
    // lowest slice first: its front row from right to left, then its back row
    expect([...axial.data]).toEqual([4, 8, 3, 7, 2, 6, 1, 5]);
    expect(axial.affine).toEqual([
      [5, 0, 0, -2],
      [0, 1, 0, 9],
      [0, 0, 1, 19],
      [0, 0, 0, 1],
    ]);
  });
});

describe('reorient', () => {
  it('refuses directions that are not three', () => {
    expect(() =>
      reorient(
        asymmetric(
          [2, 2, 2],
          [
            [1, 0, 0, 0],
            [0, 1, 0, 0],
            [0, 0, 1, 0],
            [0, 0, 0, 1],
          ],
        ),
        ['S', 'I', 'L'] as AxisCodes,
      ),
    ).toThrow(/preprocess\/bad-orientation[^]*found S I L/);
  });
});
