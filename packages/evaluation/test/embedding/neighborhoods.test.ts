import fc from 'fast-check';
import { continuity, trustworthiness } from '../../src/index.js';
import { golden } from '../golden.js';
import { goldenPoints, gridPoints, groups, moved, turned } from './clouds.js';

interface Picture {
  name: string;
  points: string;
  embedding: number[][];
  trustworthiness: Record<string, number>;
  continuity: Record<string, number>;
}

const pictures = golden<Picture[]>('embeddings', 'pictures');

describe('trustworthiness', () => {
  it.each(pictures)('equals scikit-learn: $name', (picture) => {
    for (const [k, expected] of Object.entries(picture.trustworthiness)) {
      expect(trustworthiness(goldenPoints(picture.points), picture.embedding, { k: Number(k) })).toBeCloseTo(expected, 12);
    }
  });

  it('is 1 of the points themselves, moved, turned and measured in another unit', () => {
    const { points } = groups(40, 3);
    fc.assert(
      fc.property(fc.double({ min: -10, max: 10, noNaN: true }), fc.integer({ min: 1, max: 19 }), (by, k) => {
        expect(
          trustworthiness(
            points,
            turned(moved(points, by), by).map((row) => row.map((value) => 3 * value)),
            { k },
          ),
        ).toBe(1);
      }),
    );
  });

  it('is 1 of points that coincide, against themselves', () => {
    fc.assert(
      fc.property(gridPoints({ minLength: 3, maxLength: 20 }), (points) => {
        expect(trustworthiness(points, points, { k: 1 })).toBe(1);
      }),
    );
  });

  it('is 0 where the nearest in the picture is the farthest in truth', () => {
    // two far pairs, torn and crossed: every point's neighbor in the picture has rank 3 of 3
    const points = [[0], [1], [10], [11.5]];
    const embedding = [[0], [5], [5.1], [0.2]];
    expect(trustworthiness(points, embedding, { k: 1 })).toBeCloseTo(1 - (2 * (2 + 1 + 1 + 2)) / (4 * (8 - 4)), 12);
  });

  it('refuses unequal numbers, and neighborhoods of half of the points', () => {
    expect(() => trustworthiness([[1], [2], [3]], [[1], [2]])).toThrow(/length-mismatch/);
    expect(() => trustworthiness([[1], [2], [3], [4]], [[1], [2], [3], [4]], { k: 2 })).toThrow(/bad-option: the option k/);
    expect(() => trustworthiness([], [])).toThrow(/too-few/);
  });
});

describe('continuity', () => {
  it.each(pictures)('equals scikit-learn with points and picture exchanged: $name', (picture) => {
    for (const [k, expected] of Object.entries(picture.continuity)) {
      expect(continuity(goldenPoints(picture.points), picture.embedding, { k: Number(k) })).toBeCloseTo(expected, 12);
    }
  });
});
