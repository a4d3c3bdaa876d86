import { asNdarray, fromNdarray, hashText, identityAffine, MgmtError, stableJson, volume } from '../src/index.js';

describe('volume', () => {
  it('refuses a shape that does not hold exactly the voxels', () => {
    expect(() => volume(new Uint8Array(7), [2, 2, 2])).toThrow(
      /core\/shape-mismatch: the shape does not fit the voxels\n {2}expected 2 x 2 x 2 = 8 voxels/,
    );
  });

  it('is viewed as an ndarray over the same memory', () => {
    const v = volume(
      Int16Array.from({ length: 24 }, (_, i) => i),
      [2, 3, 4],
    );
    expect(asNdarray(v).get(1, 2, 3)).toBe(23);
    expect(fromNdarray(asNdarray(v), identityAffine).data).toBe(v.data);
  });

  it('is copied from a view with other strides', () => {
    const v = volume(
      Int16Array.from({ length: 6 }, (_, i) => i),
      [1, 2, 3],
    );
    const flipped = fromNdarray(asNdarray(v).step(1, -1, 1), identityAffine);
    expect([...flipped.data]).toEqual([3, 4, 5, 0, 1, 2]);
    expect(fromNdarray(asNdarray(v).transpose(0, 2, 1), identityAffine).shape).toEqual([1, 3, 2]);
  });

  it('is a part of a larger one without a copy where the rows are whole', () => {
    const v = volume(
      Int16Array.from({ length: 24 }, (_, i) => i),
      [4, 2, 3],
    );
    const middle = fromNdarray(asNdarray(v).hi(3).lo(1), identityAffine);
    expect([...middle.data]).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]);
  });
});

describe('stableJson', () => {
  it('does not depend on the order of keys, at any depth', () => {
    expect(stableJson({ b: 1, a: { d: [1, { y: 1, x: 2 }], c: undefined } })).toBe(stableJson({ a: { d: [1, { x: 2, y: 1 }] }, b: 1 }));
    expect(hashText('a')).not.toBe(hashText('b'));
  });
});

describe('MgmtError', () => {
  it('reads as one sentence with its place, a comparison and a hint', () => {
    const error = new MgmtError('pixel data ends early', {
      code: 'dicom-io/truncated-pixel-data',
      where: 'a.dcm',
      expected: '10 bytes',
      found: '4',
      hint: 'fetch the file again',
    });
    expect(error.message).toBe(
      'dicom-io/truncated-pixel-data: a.dcm: pixel data ends early\n  expected 10 bytes, found 4\n  hint: fetch the file again',
    );
  });
});
