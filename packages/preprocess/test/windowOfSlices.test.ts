import { volume } from '@mgmt/core';
import fc from 'fast-check';
import { centerSlice, windowOfSlices } from '../src/index.js';
import { asymmetric, expectNear, obliqueAffines, placeOf } from './sample.js';

/** 6 x 6 slices whose content is rectangles: `[rows, columns]` each, with a hole in the middle. */
const rectangles = (sizes: readonly (readonly [number, number])[], Type: typeof Int16Array | typeof Float32Array = Int16Array) => {
  const v = volume(new Type(sizes.length * 36), [sizes.length, 6, 6]);
  sizes.forEach(([rows, columns], k) => {
    for (const [j, i] of [
      [0, 0],
      [rows - 1, columns - 1],
    ] as const)
      if (rows && columns) v.data[k * 36 + j * 6 + i] = 5;
  });
  return v;
};

describe('centerSlice', () => {
  it('has the largest bounding box, not the most pixels', () => {
    const v = rectangles([
      [0, 0],
      [3, 3],
      [4, 5],
      [2, 6],
    ]);
    v.data.fill(9, 3 * 36, 3 * 36 + 12); // 12 pixels in a box of 12, against 2 pixels in a box of 20
    expect(centerSlice(v)).toBe(2);
  });

  it('is the first of several that are equally large', () => {
    expect(
      centerSlice(
        rectangles([
          [1, 1],
          [3, 4],
          [4, 3],
          [2, 6],
        ]),
      ),
    ).toBe(1);
  });

  it('takes NaN for background, and negative values for content', () => {
    const v = rectangles(
      [
        [2, 2],
        [3, 3],
      ],
      Float32Array,
    );
    v.data.fill(NaN, 0, 36);
    expect(centerSlice(v)).toBe(1);
    expect(
      centerSlice(
        volume(
          v.data.map((value) => -value),
          v.shape,
        ),
      ),
    ).toBe(1);
  });

  it('does not take noise for a head that is not stripped, if asked', () => {
    const v = rectangles([
      [2, 2],
      [4, 5],
      [3, 3],
    ]);
    v.data.forEach((value, p) => (v.data[p] = 100 * value + 1 + (p % 7)));
    expect(centerSlice(v)).toBe(0); // every slice is non-zero from corner to corner
    expect(centerSlice(v, 'otsu')).toBe(1);
    expect(centerSlice(v, 'auto')).toBe(1);
    expect(windowOfSlices(v, { before: 0, after: 1, threshold: 'auto' }).data).toEqual(v.data.slice(36, 72));
  });

  it('says that a dark series shows nothing', () => {
    expect(() => centerSlice(volume(new Int16Array(8), [2, 2, 2]))).toThrow(
      /preprocess\/blank-volume: the volume shows nothing[^]*2 x 2 x 2/,
    );
  });
});

describe('windowOfSlices', () => {
  const series = volume(
    Float32Array.from({ length: 10 }, (_, k) => k + 1),
    [10, 1, 1],
    [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 2, 100],
      [0, 0, 0, 1],
    ],
  );

  it.each([
    ['in the middle', 5, 2, 3, [4, 5, 6, 7, 8]],
    ['beyond the end', 8, 2, 4, [7, 8, 9, 10, 0, 0]],
    ['beyond the start', 1, 3, 2, [0, 0, 1, 2, 3]],
    ['beyond both ends', 5, 7, 7, [0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0, 0]],
  ])('is half open and filled with zeros: %s', (_name, center, before, after, expected) => {
    const window = windowOfSlices(series, { before, after, center });
    expect([...window.data]).toEqual(expected);
    expect(placeOf(window, [before, 0, 0])).toEqual([0, 0, 100 + 2 * center]);
  });

  it('is centered on the largest cutaway by default', () => {
    expect(
      windowOfSlices(
        rectangles([
          [1, 1],
          [2, 2],
          [5, 5],
          [3, 3],
        ]),
        { before: 1, after: 1 },
      ).data.subarray(36),
    ).toEqual(rectangles([[5, 5]]).data);
  });

  it('leaves every slice at its place in the patient', () => {
    fc.assert(
      fc.property(
        obliqueAffines,
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (affine, center, before, after) => {
          const v = asymmetric([7, 2, 3], affine);
          expectNear(placeOf(windowOfSlices(v, { before, after, center }), [before, 1, 2]), placeOf(v, [center, 1, 2]), 1e-9);
        },
      ),
    );
  });
});

describe('centerSlice of a head that was not stripped', () => {
  it('looks past the noise in its background', () => {
    const v = volume(
      Int16Array.from({ length: 5 * 100 }, (_, i) => 1 + (i % 7)),
      [5, 10, 10],
    ); // no voxel is zero
    for (let j = 2; j < 8; j++) v.data.fill(900, 300 + j * 10 + 2, 300 + j * 10 + 8);
    v.data.fill(900, 155, 158);
    expect(centerSlice(v, 'auto')).toBe(3);
    expect(centerSlice(v)).toBe(0); // the rule for stripped heads takes the first slice of noise
  });
});
