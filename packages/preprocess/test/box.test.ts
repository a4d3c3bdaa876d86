import { volume } from '@mgmt/core';
import fc from 'fast-check';
import { boundingBox, cropToBox, cropToBrain, brainBox } from '../src/index.js';
import { asymmetric, expectNear, find, obliqueAffines, placeOf } from './sample.js';

const shapes = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }));

/** Zeros with a few spots. */
const spotted = fc
  .tuple(shapes, fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 900 })), { minLength: 1, maxLength: 6 }), obliqueAffines)
  .map(([shape, spots, affine]) => {
    const v = volume(new Int16Array(shape[0] * shape[1] * shape[2]), shape, affine);
    for (const [at, value] of spots) v.data[at % v.data.length] = value;
    return v;
  });

describe('cropToBox', () => {
  it('pads what lies outside with zeros, and undoes its own crop', () => {
    fc.assert(
      fc.property(spotted, (v) => {
        const box = brainBox(v, { threshold: 'nonzero' });
        const cropped = cropToBox(v, box);
        const back = cropToBox(cropped, {
          start: [-box.start[0], -box.start[1], -box.start[2]],
          stop: [v.shape[0] - box.start[0], v.shape[1] - box.start[1], v.shape[2] - box.start[2]],
        });
        expect(back.data).toEqual(v.data);
        expect(back.shape).toEqual(v.shape);
        back.affine.forEach((row, r) => expectNear(row, v.affine[r]!, 1e-9));
      }),
    );
  });

  it('leaves every voxel at its place in the patient', () => {
    const bounds = fc.tuple(fc.integer({ min: -3, max: 2 }), fc.integer({ min: 3, max: 8 }));
    fc.assert(
      fc.property(obliqueAffines, fc.tuple(bounds, bounds, bounds), (affine, axes) => {
        const v = asymmetric([5, 5, 5], affine);
        const cut = cropToBox(v, { start: [axes[0][0], axes[1][0], axes[2][0]], stop: [axes[0][1], axes[1][1], axes[2][1]] });
        const middle = v.data[62]!; // [2, 2, 2] is in every such box
        expectNear(placeOf(cut, find(cut, middle)), placeOf(v, [2, 2, 2]), 1e-9);
      }),
    );
  });

  it('is all zeros where the box misses the volume', () => {
    const v = asymmetric(
      [2, 3, 4],
      [
        [1, 0, 0, 0],
        [0, 1, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 1],
      ],
    );
    expect(new Set(cropToBox(v, { start: [0, 0, 4], stop: [2, 3, 9] }).data)).toEqual(new Set([0]));
    expect(new Set(cropToBox(v, { start: [-5, 0, 0], stop: [-1, 3, 4] }).data)).toEqual(new Set([0]));
    expect(new Set(cropToBox(v, { start: [0, -3, -5], stop: [2, 0, -1] }).data)).toEqual(new Set([0]));
    expect(new Set(cropToBox(v, { start: [0, 0, -5], stop: [2, 3, -1] }).data)).toEqual(new Set([0]));
  });

  it('refuses a box without voxels', () => {
    expect(() =>
      cropToBox(
        asymmetric(
          [2, 3, 4],
          [
            [1, 0, 0, 0],
            [0, 1, 0, 0],
            [0, 0, 1, 0],
            [0, 0, 0, 1],
          ],
        ),
        { start: [1, 1, 1], stop: [2, 1, 3] },
      ),
    ).toThrow(/core\/shape-mismatch/);
  });
});

describe('boundingBox', () => {
  it('is the smallest box: each of its six faces touches something', () => {
    fc.assert(
      fc.property(spotted, (v) => {
        const points = [...v.data].flatMap((value, p) =>
          value === 0 ? [] : [[Math.floor(p / (v.shape[1] * v.shape[2])), Math.floor(p / v.shape[2]) % v.shape[1], p % v.shape[2]]],
        );
        const along = (axis: number) => points.map((point) => point[axis]!);
        expect(boundingBox(v, (value) => value !== 0)).toEqual({
          start: [0, 1, 2].map((axis) => Math.min(...along(axis))),
          stop: [0, 1, 2].map((axis) => Math.max(...along(axis)) + 1),
        });
      }),
    );
  });

  it('is none where nothing is inside', () => {
    expect(
      boundingBox(
        asymmetric(
          [2, 2, 2],
          [
            [1, 0, 0, 0],
            [0, 1, 0, 0],
            [0, 0, 1, 0],
            [0, 0, 0, 1],
          ],
        ),
        () => false,
      ),
    ).toBeUndefined();
  });
});

describe('cropToBrain', () => {
  /** A bright block in a background that a function gives. */
  const head = (background: (p: number) => number, Type: typeof Int16Array | typeof Float32Array = Int16Array) => {
    const v = volume(
      new Type(8 * 10 * 12).map((_, p) => background(p)),
      [8, 10, 12],
    );
    for (let k = 2; k < 6; k++) for (let j = 3; j < 8; j++) for (let i = 1; i < 9; i++) v.data[(k * 10 + j) * 12 + i] = 500 + i;
    return v;
  };
  const block = { start: [2, 3, 1], stop: [6, 8, 9] };
  const noise = (p: number) => 1 + ((p * 7919) % 23);

  it.each([
    ['a stripped head', 'nonzero', () => 0],
    ['a head in noise', 'otsu', noise],
    ['a stripped head, left to itself,', 'auto', () => 0],
    ['a head in noise, left to itself,', 'auto', noise],
    ['a stripped head with NaN around it', 'nonzero', () => NaN],
  ] as const)('finds %s by %s', (_name, threshold, background) => {
    expect(brainBox(head(background, Float32Array), { threshold })).toEqual(block);
    expect(cropToBrain(head(background, Float32Array), { threshold }).shape).toEqual([4, 5, 8]);
  });

  it('keeps dark parts of a stripped head that Otsu would lose', () => {
    const v = head(() => 0);
    v.data[0] = 3;
    expect(cropToBrain(v, { threshold: 'auto' }).shape).toEqual([6, 8, 9]);
    expect(cropToBrain(v, { threshold: 'otsu' }).shape).toEqual([4, 5, 8]);
  });

  it.each([
    ['zeros under nonzero', 'nonzero', 0],
    ['NaN under nonzero', 'nonzero', NaN],
    ['a constant under otsu', 'otsu', 7],
    ['NaN under otsu', 'otsu', NaN],
    ['zeros left to itself', 'auto', 0],
  ] as const)('says that a volume shows nothing: %s', (_name, threshold, value) => {
    expect(() => cropToBrain(volume(new Float32Array(27).fill(value), [3, 3, 3]), { threshold })).toThrow(/preprocess\/blank-volume/);
  });

  it('keeps a constant volume that is not zero whole', () => {
    expect(cropToBrain(volume(new Float32Array(27).fill(7), [3, 3, 3]), { threshold: 'nonzero' }).shape).toEqual([3, 3, 3]);
  });
});
