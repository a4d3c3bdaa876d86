import { type Volume, volume } from '@mgmt/core';
import fc from 'fast-check';
import { chooseSlices, evenSlices, sliceAsImage, slicesAsChannels, stackChannels } from '../src/index.js';
import { asymmetric, placeOf } from './sample.js';

const UPRIGHT = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 2, 100],
  [0, 0, 0, 1],
] as const;

describe('evenSlices', () => {
  const indices = (slices: number, count: number) => [
    ...evenSlices(volume(Int16Array.from({ length: slices }, (_, k) => k), [slices, 1, 1]), { count }).data, // prettier-ignore
  ];

  it('takes the middle of each of so many equal parts', () => {
    expect(indices(20, 10)).toEqual([1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
    expect(indices(155, 10)).toEqual([7, 23, 38, 54, 69, 85, 100, 116, 131, 147]);
    expect(indices(9, 3)).toEqual([1, 4, 7]);
    expect(indices(3, 6)).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it('is symmetric to within a slice and never far from even', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 64 }), (slices, count) => {
        indices(slices, count).forEach((k, i) => expect(Math.abs(k + 0.5 - ((i + 0.5) * slices) / count)).toBeLessThanOrEqual(0.5 + 1e-9));
      }),
    );
  });

  it('places each slice within half a slice of where it was, and leaves values as they are', () => {
    const v = asymmetric([20, 2, 2], UPRIGHT);
    const even = evenSlices(v, { count: 5 });
    expect(placeOf(even, [1, 0, 0])[2]).toBeCloseTo(100 + 2 * 5.5, 9);
    expect(new Set(even.data)).toEqual(new Set([2, 6, 10, 14, 18].flatMap((k) => [...v.data.subarray(k * 4, k * 4 + 4)])));
    expect(new Set(evenSlices({ ...v, data: new Int16Array(80) }, { count: 5 }).data)).toEqual(new Set([0]));
    expect(evenSlices(volume(Float32Array.of(NaN, 1), [2, 1, 1]), { count: 1 }).data).toEqual(Float32Array.of(1));
  });
});

/** Ten slices of 10 x 10: brain area 0, 9, 16, 25, 36, 49, 49, 36, 16, 0; a bright spot of 4 pixels in slices 4 and 5. */
function brain(): Volume<Float32Array> {
  const v = volume(new Float32Array(1000), [10, 10, 10], UPRIGHT);
  [0, 3, 4, 5, 6, 7, 7, 6, 4, 0].forEach((side, k) => {
    for (let j = 0; j < side; j++) v.data.fill(100, k * 100 + j * 10, k * 100 + j * 10 + side);
  });
  for (const k of [4, 5]) for (const p of [11, 12, 21, 22]) v.data[k * 100 + p] = 400;
  return v;
}

describe('chooseSlices', () => {
  it('keeps slices with a considerable view of the brain', () => {
    expect(chooseSlices(brain(), { by: 'brain', share: 0.7 })).toEqual({ kept: [4, 5, 6, 7], dropped: 6, by: 'brain' });
  });

  it('keeps slices with tumor by the mask, and says how many it dropped', () => {
    const mask = volume(new Uint8Array(1000), [10, 10, 10]);
    mask.data[350] = 4;
    mask.data[620] = 1;
    expect(chooseSlices(brain(), { by: 'mask' }, mask)).toEqual({ kept: [3, 6], dropped: 8, by: 'mask' });
    expect(chooseSlices(brain(), { by: 'tumor', otherwise: { deviations: 2, share: 0.05 } }, mask).kept).toEqual([3, 6]);
  });

  it('goes by brightness where there is no mask', () => {
    expect(chooseSlices(brain(), { by: 'tumor', otherwise: { deviations: 2, share: 0.05 } })).toEqual({
      kept: [4, 5],
      dropped: 8,
      by: 'bright',
    });
    expect(chooseSlices(brain(), { by: 'bright', deviations: 2, share: 0.1 }).kept).toEqual([4]); // 4 of 36, 4 of 49
  });

  it('does not depend on the scale of gray values', () => {
    const rule = { by: 'bright', deviations: 2, share: 0.05 } as const;
    const scaled = { ...brain(), data: brain().data.map((value) => value / 7) };
    expect(chooseSlices(scaled, rule)).toEqual(chooseSlices(brain(), rule));
  });

  it('finds nothing in blank, constant and NaN volumes, except all', () => {
    for (const value of [0, NaN]) {
      const v = volume(new Float32Array(27).fill(value), [3, 3, 3]);
      expect(chooseSlices(v, { by: 'brain', share: 0.7 })).toEqual({ kept: [], dropped: 3, by: 'brain' });
      expect(chooseSlices(v, { by: 'bright', deviations: 2, share: 0.01 }).kept).toEqual([]);
      expect(chooseSlices(v, { by: 'all' }).kept).toEqual([0, 1, 2]);
    }
    const constant = volume(new Float32Array(27).fill(7), [3, 3, 3]);
    expect(chooseSlices(constant, { by: 'bright', deviations: 2, share: 0.01 }, undefined, 'nonzero').kept).toEqual([]);
    expect(chooseSlices(constant, { by: 'brain', share: 0.7 }, undefined, 'nonzero').kept).toEqual([0, 1, 2]);
    expect(chooseSlices(constant, { by: 'mask' }).kept).toEqual([]);
  });
});

describe('stacking', () => {
  const [a, b] = [
    asymmetric([2, 3, 4], UPRIGHT),
    { ...asymmetric([2, 3, 4], UPRIGHT), data: asymmetric([2, 3, 4], UPRIGHT).data.map((v) => -v) },
  ];

  it('makes volumes channels, last', () => {
    const { data, shape } = stackChannels([a, b]);
    expect(shape).toEqual([2, 3, 4, 2]);
    expect([...data.subarray(0, 6)]).toEqual([1, -1, 2, -2, 3, -3]);
    expect(data.at(-1)).toBe(-24);
  });

  it('makes slices channels, those of the first volume first', () => {
    const { data, shape } = slicesAsChannels([a, b]);
    expect(shape).toEqual([3, 4, 4]);
    expect([...data.subarray(0, 8)]).toEqual([1, 13, -1, -13, 2, 14, -2, -14]);
  });

  it('makes one slice of each an image', () => {
    const { data, shape } = sliceAsImage([a, b], 1);
    expect(shape).toEqual([3, 4, 2]);
    expect([...data.subarray(0, 4)]).toEqual([13, -13, 14, -14]);
  });

  it('refuses different shapes, and none', () => {
    expect(() => stackChannels([a, asymmetric([2, 3, 5], UPRIGHT)])).toThrow(/preprocess\/different-shapes[^]*2 x 3 x 4, 2 x 3 x 5/);
    expect(() => slicesAsChannels([])).toThrow(/preprocess\/different-shapes/);
  });
});
