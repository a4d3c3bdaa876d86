import { silhouette } from '../../src/index.js';
import { golden } from '../golden.js';
import { goldenPoints, groups, moved, turned } from './clouds.js';

interface Picture {
  name: string;
  points: string;
  labels: number[];
  embedding: number[][];
  silhouette: number;
  silhouetteBefore: number;
}

describe('silhouette', () => {
  it.each(golden<Picture[]>('embeddings', 'pictures'))('equals scikit-learn: $name', ({ points, labels, embedding, ...expected }) => {
    expect(silhouette(embedding, labels)).toBeCloseTo(expected.silhouette, 12);
    expect(silhouette(goldenPoints(points), labels)).toBeCloseTo(expected.silhouetteBefore, 12);
  });

  it('does not change when points are moved, turned, or measured in another unit, nor with the names of classes', () => {
    const { points, labels } = groups(30, 2, { apart: 1 });
    const other = turned(moved(points, 3), 1).map((row) => row.map((value) => 7 * value));
    const names = labels.map((label) => `class ${label}`);
    expect(silhouette(other, names)).toBeCloseTo(silhouette(points, labels), 12);
  });

  it('counts 0 for a point alone in its class and for points at no distance', () => {
    expect(silhouette([[0], [1], [5]], ['a', 'a', 'b'])).toBeCloseTo((0.8 + 0.75 + 0) / 3, 12);
    expect(silhouette([[2], [2], [2], [2]], [0, 0, 1, 1])).toBe(0);
  });

  it('refuses one class and too few labels', () => {
    expect(() => silhouette([[0], [1]], [3, 3])).toThrow(/one-class.*\n.*2 of class 3/);
    expect(() => silhouette([[0], [1]], [3])).toThrow(/length-mismatch/);
  });
});
