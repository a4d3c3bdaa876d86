import { type Affine, axisCodes, type Volume, volume, type VolumeShape } from '@mgmt/core';
import { alignOnto, brainBox, checkMaskFits, cropToTumor, maskOnto, reorient, tumorBox } from '../src/index.js';
import { expectNear } from './sample.js';

const grid = (mm: number, origin: readonly [number, number, number]): Affine => [
  [mm, 0, 0, origin[0]],
  [0, mm, 0, origin[1]],
  [0, 0, mm, origin[2]],
  [0, 0, 0, 1],
];

/** An ellipsoid of 20 x 30 x 24 mm about the origin, brighter to the patient's left; 0 around it. */
function head(shape: VolumeShape, affine: Affine, half: readonly [number, number, number] = [20, 30, 24]): Volume<Float32Array> {
  const v = volume(new Float32Array(shape[0] * shape[1] * shape[2]), shape, affine);
  let p = 0;
  for (let k = 0; k < shape[0]; k++) {
    for (let j = 0; j < shape[1]; j++) {
      for (let i = 0; i < shape[2]; i++, p++) {
        const [x, y, z] = [0, 1, 2].map((r) => affine[r]![0]! * i + affine[r]![1]! * j + affine[r]![2]! * k + affine[r]![3]!) as [
          number,
          number,
          number,
        ];
        if ((x / half[0]) ** 2 + (y / half[1]) ** 2 + (z / half[2]) ** 2 < 1) v.data[p] = 100 + x;
      }
    }
  }
  return v;
}

const flair = head([30, 40, 32], grid(2, [-31, -39, -29]));
const t1wce = reorient(head([24, 30, 26], grid(2.5, [-31, -36, -30])), ['L', 'I', 'A']);
/** The same head, moved in its own frame of reference and a little larger in numbers. */
const elsewhere = { ...head([24, 30, 26], grid(2.5, [-31, -36, -30])), affine: grid(3, [300, 500, -200]) };

describe('alignOnto', () => {
  it('lays a series of another orientation and spacing over the same places', () => {
    const { volume: aligned, by } = alignOnto(t1wce, flair, { frame: 'same' });
    expect(by).toBe('world');
    expect(aligned.shape).toEqual(flair.shape);
    expect(aligned.affine).toEqual(flair.affine);
    const middle = (15 * 40 + 20) * 32;
    for (let i = 9; i < 23; i++) expect(Math.abs(aligned.data[middle + i]! - flair.data[middle + i]!)).toBeLessThan(1e-3); // the ramp from right to left
  });

  it('stretches brain over brain where the frames of reference differ, and says so', () => {
    const { volume: aligned, by } = alignOnto(elsewhere, flair, { frame: 'different' });
    expect(by).toBe('brain-extent');
    const [box, expected] = [brainBox(aligned, { threshold: 'nonzero' }), brainBox(flair, { threshold: 'nonzero' })];
    expectNear([...box.start, ...box.stop], [...expected.start, ...expected.stop], 1);
    const middle = (15 * 40 + 20) * 32;
    for (let i = 9; i < 23; i++) expect(Math.abs(aligned.data[middle + i]! - flair.data[middle + i]!)).toBeLessThan(3); // half a voxel of the ramp
  });

  it('refuses brains that world coordinates put apart', () => {
    expect(() => alignOnto(elsewhere, flair, { frame: 'same' })).toThrow(/preprocess\/no-overlap[^]*'different'/);
  });

  it('says that a blank series shows nothing', () => {
    const blank = { ...flair, data: new Float32Array(flair.data.length) };
    expect(() => alignOnto(t1wce, blank, { frame: 'same' })).toThrow(/preprocess\/blank-volume/);
    expect(() => alignOnto(blank, flair, { frame: 'different' })).toThrow(/preprocess\/blank-volume/);
    expect(() => alignOnto(blank, flair, { frame: 'same' })).toThrow(/preprocess\/no-overlap/);
  });
});

/** Labels 1, 2 and 4 in a box of 6 x 8 x 10 mm at x = 8, on a grid of 1 mm. */
function tumor(offset = 0): Volume<Uint8Array> {
  const mask = volume(new Uint8Array(60 * 80 * 64), [60, 80, 64], grid(1, [offset - 31.5, -39.5, -29.5]));
  for (let k = 20; k < 30; k++)
    for (let j = 30; j < 38; j++) for (let i = 36; i < 42; i++) mask.data[(k * 80 + j) * 64 + i] = [1, 2, 4][i % 3]!;
  return mask;
}

describe('maskOnto', () => {
  it('lays a mask over an image of another grid, labels kept', () => {
    const laid = maskOnto(tumor(), flair);
    expect(laid.data.constructor.name).toBe('Uint8Array');
    expect(tumorBox(laid)).toEqual({ start: [10, 15, 18], stop: [15, 19, 21] });
    expect(new Set(laid.data)).toEqual(new Set([0, 1, 2, 4]));
  });

  it('refuses a mask that lies on another brain', () => {
    expect(() => maskOnto(tumor(100), flair)).toThrow(/preprocess\/no-overlap[^]*found 0 %/);
    expect(() => maskOnto(tumor(14), flair)).toThrow(/preprocess\/no-overlap/); // more than half beyond the brain's box
    expect(() => checkMaskFits(tumor(8), flair)).not.toThrow();
  });

  it('lets a mask without labels pass, as blank', () => {
    const empty = { ...tumor(), data: new Uint8Array(60 * 80 * 64) };
    expect(new Set(maskOnto(empty, flair).data)).toEqual(new Set([0]));
  });
});

describe('tumorBox', () => {
  it('has a margin, cut off at the faces', () => {
    const mask = volume(new Uint8Array(5 * 6 * 7), [5, 6, 7]);
    mask.data[(1 * 6 + 4) * 7 + 3] = 4;
    expect(tumorBox(mask)).toEqual({ start: [1, 4, 3], stop: [2, 5, 4] });
    expect(tumorBox(mask, { margin: 2 })).toEqual({ start: [0, 2, 1], stop: [4, 6, 6] });
    expect(tumorBox(mask, { margin: 9 })).toEqual({ start: [0, 0, 0], stop: [5, 6, 7] });
  });

  it('says that a mask marks nothing', () => {
    expect(() => tumorBox(volume(new Uint8Array(8), [2, 2, 2]))).toThrow(/preprocess\/empty-mask/);
  });
});

describe('cropToTumor', () => {
  it('cuts the mask’s box out of an image of another grid and orientation', () => {
    expect(cropToTumor(flair, tumor()).shape).toEqual([5, 4, 3]);
    const coronal = reorient(flair, ['P', 'I', 'L']);
    const cut = cropToTumor(coronal, tumor());
    expect(axisCodes(cut.affine).join('')).toBe('PIL');
    expect(cut.shape).toEqual([4, 5, 3]);
  });
});
