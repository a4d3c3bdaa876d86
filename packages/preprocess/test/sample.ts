import {
  type Affine,
  affineTimesPoint,
  type AxisCode,
  type AxisCodes,
  multiplyAffines,
  type Vector3,
  type Volume,
  volume,
  type VolumeShape,
} from '@mgmt/core';
import fc from 'fast-check';

/** The 48 orientations that a volume can have. */
export const orientations: AxisCodes[] = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
].flatMap((order) =>
  Array.from(
    { length: 8 },
    (_, bits) => order.map((axis) => ['LR', 'PA', 'SI'][axis]![(bits >> axis) & 1] as AxisCode) as unknown as AxisCodes,
  ),
);

/** A volume without any symmetry: every voxel has a value of its own. */
export function asymmetric(shape: VolumeShape, affine: Affine): Volume<Int16Array> {
  return volume(
    Int16Array.from({ length: shape[0] * shape[1] * shape[2] }, (_, i) => i + 1),
    shape,
    affine,
  );
}

/** An axial affine, tilted by at most 20 degrees about each axis. */
export const obliqueAffines: fc.Arbitrary<Affine> = fc
  .record({
    angles: fc.tuple(angle(), angle(), angle()),
    spacing: fc.tuple(size(), size(), size()),
    origin: fc.tuple(place(), place(), place()),
  })
  .map(({ angles: [a, b, c], spacing: [x, y, z], origin }) => {
    const rotation = [turn(0, a), turn(1, b), turn(2, c)].reduce(multiplyAffines);
    const scaled = multiplyAffines(rotation, [
      [x, 0, 0, 0],
      [0, y, 0, 0],
      [0, 0, z, 0],
      [0, 0, 0, 1],
    ]);
    return [0, 1, 2, 3].map((r) => [...scaled[r]!.slice(0, 3), r < 3 ? origin[r]! : 1]) as unknown as Affine;
  });

/** Where a voxel lies in the patient: `(column, row, slice)` of its `[slice, row, column]`. */
export const placeOf = ({ affine }: Volume, [k, j, i]: Vector3): Vector3 => affineTimesPoint(affine, [i, j, k]);

/** `[slice, row, column]` of the first voxel with a value. */
export function find({ data, shape: [, rows, columns] }: Volume, value: number): Vector3 {
  const p = data.indexOf(value);
  return [Math.floor(p / (rows * columns)), Math.floor(p / columns) % rows, p % columns];
}

export function expectNear(a: readonly number[], b: readonly number[], tolerance: number): void {
  expect(a).toHaveLength(b.length);
  for (let i = 0; i < a.length; i++) if (!(Math.abs(a[i]! - b[i]!) <= tolerance)) expect({ i, value: a[i] }).toEqual({ i, value: b[i] });
}

function angle() {
  return fc.double({ min: -0.35, max: 0.35, noNaN: true });
}
function size() {
  return fc.double({ min: 0.3, max: 6, noNaN: true });
}
function place() {
  return fc.double({ min: -200, max: 200, noNaN: true });
}
function turn(axis: 0 | 1 | 2, a: number): Affine {
  const [u, v] = [(axis + 1) % 3, (axis + 2) % 3];
  const m: number[][] = [0, 1, 2, 3].map((r) => [0, 1, 2, 3].map((c) => (r === c ? 1 : 0)));
  [m[u]![u], m[u]![v], m[v]![u], m[v]![v]] = [Math.cos(a), -Math.sin(a), Math.sin(a), Math.cos(a)];
  return m as unknown as Affine;
}
