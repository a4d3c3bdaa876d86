import fc from 'fast-check';
import { type Affine, affineTimesPoint, identityAffine, invertAffine, multiplyAffines, spacingMm, type Vector3 } from '../src/index.js';

const coordinate = fc.integer({ min: -100, max: 100 }).map((n) => n / 4);
const point = fc.tuple(coordinate, coordinate, coordinate);
/** Rotations about two axes, spacings and a shift: what scanners make. */
const affines = fc
  .tuple(
    fc.integer({ min: -180, max: 180 }),
    fc.integer({ min: -180, max: 180 }),
    fc.tuple(...[1, 2, 3].map(() => fc.integer({ min: 1, max: 40 }))),
    point,
  )
  .map(([about, tilt, spacings, origin]): Affine => {
    const [c, s, d, t] = [Math.cos(about / 57), Math.sin(about / 57), Math.cos(tilt / 57), Math.sin(tilt / 57)];
    const [x, y, z] = spacings.map((n) => n / 8) as [number, number, number];
    return [
      [c * x, -s * d * y, s * t * z, origin[0]],
      [s * x, c * d * y, -c * t * z, origin[1]],
      [0, t * y, d * z, origin[2]],
      [0, 0, 0, 1],
    ];
  });

function expectPoint(actual: Vector3, expected: Vector3) {
  actual.forEach((value, axis) => expect(value).toBeCloseTo(expected[axis]!, 8));
}

describe('affines', () => {
  it('come back to the voxel through their inverse', () => {
    fc.assert(
      fc.property(affines, point, (affine, p) => expectPoint(affineTimesPoint(invertAffine(affine), affineTimesPoint(affine, p)), p)),
    );
  });

  it('compose from right to left', () => {
    fc.assert(
      fc.property(affines, affines, point, (a, b, p) =>
        expectPoint(affineTimesPoint(multiplyAffines(a, b), p), affineTimesPoint(a, affineTimesPoint(b, p))),
      ),
    );
  });

  it('tell the spacing in the order of a volume’s axes', () => {
    const affine: Affine = [
      [0, 0, 5, 0],
      [2, 0, 0, 0],
      [0, -3, 0, 0],
      [0, 0, 0, 1],
    ];
    expect(spacingMm(affine)).toEqual([5, 3, 2]); // slice, row, column
  });

  it('refuse to be inverted where two axes are parallel', () => {
    expect(() =>
      invertAffine([
        [1, 1, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 1],
      ]),
    ).toThrow(/core\/singular-affine/);
    expect(invertAffine(identityAffine)).toEqual(identityAffine);
  });
});
