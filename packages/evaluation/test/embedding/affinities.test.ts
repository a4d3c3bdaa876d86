import fc from 'fast-check';
import { conditionalAffinities } from '../../src/embedding/conditionalAffinities.js';
import { jointAffinities, type Affinities } from '../../src/embedding/jointAffinities.js';
import { nearestNeighbors } from '../../src/embedding/nearestNeighbors.js';
import { golden } from '../golden.js';
import { gap, goldenPoints, gridPoints, groups, matrixOf, moved, turned } from './clouds.js';

interface Conditional {
  name: string;
  points: string;
  perplexity: number;
  neighbors: number[][];
  conditional: number[][];
}

describe('conditionalAffinities', () => {
  it.each(golden<Conditional[]>('embeddings', 'conditional'))('equal scikit-learn to 1e-6: $name', (expected) => {
    const k = expected.neighbors[0]!.length;
    const neighbors = nearestNeighbors(matrixOf(goldenPoints(expected.points)), k);
    expect([...neighbors.indices]).toEqual(expected.neighbors.flat());
    const conditional = conditionalAffinities(neighbors, expected.perplexity);
    expect(gap(conditional, expected.conditional.flat())).toBeLessThan(1e-6);
  });

  it('give every row the sum 1 and the perplexity that was asked for', () => {
    const { points } = groups(40, 4);
    const row = (perplexity: number) => conditionalAffinities(nearestNeighbors(matrixOf(points), 39), perplexity).subarray(0, 39);
    for (const perplexity of [1.5, 5, 20, 38]) {
      expect(row(perplexity).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      expect(Math.exp(row(perplexity).reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0))).toBeCloseTo(perplexity, 3);
    }
  });

  it.each([
    ['all neighbors are equally far', [4, 4, 4, 4], 2, [0.25, 0.25, 0.25, 0.25]],
    ['more coincide than the perplexity counts', [0, 0, 0, 9], 2, [1 / 3, 1 / 3, 1 / 3, 0]],
    ['distances are tiny', [1e-280, 4e-280, 9e-280, 16e-280], 2, undefined],
    ['distances are huge', [1e280, 4e280, 9e280, 16e280], 2, undefined],
  ])('share a row evenly or by scale alone where %s', (_, squared, perplexity, expected) => {
    const of = (values: number[]) => [
      ...conditionalAffinities({ squared: Float64Array.from(values), indices: new Int32Array(4), k: 4 }, perplexity),
    ];
    const wanted = expected ?? of([1, 4, 9, 16]);
    expect(gap(of(squared), wanted)).toBeLessThan(1e-5);
  });
});

describe('jointAffinities', () => {
  const dense = ({ first, second, p }: Affinities, n: number) => {
    const matrix = Array.from({ length: n }, () => new Array<number>(n).fill(0));
    first.forEach((i, pair) => (matrix[i]![second[pair]!] = matrix[second[pair]!]![i] = p[pair]!));
    return matrix;
  };
  const joint = (points: number[][], perplexity: number, k = points.length - 1) =>
    dense(jointAffinities(nearestNeighbors(matrixOf(points), k), perplexity), points.length);

  it.each(golden<{ name: string; points: string; perplexity: number; joint: number[] }[]>('embeddings', 'objective'))(
    'equal scikit-learn over all pairs to 1e-6: $name',
    (expected) => {
      const points = goldenPoints(expected.points);
      const matrix = joint(points, expected.perplexity);
      const pairs = points.flatMap((_, i) => points.slice(i + 1).map((__, j) => matrix[i]![i + 1 + j]!));
      expect(gap(pairs, expected.joint)).toBeLessThan(1e-6);
    },
  );

  it('are half the sum of both directions, whichever of two points has the other for a neighbor', () => {
    fc.assert(
      fc.property(gridPoints({ minLength: 6, maxLength: 20 }), (points) => {
        const [n, k] = [points.length, 4];
        const neighbors = nearestNeighbors(matrixOf(points), k);
        const conditional = conditionalAffinities(neighbors, 2);
        const wanted = Array.from({ length: n }, () => new Array<number>(n).fill(0));
        neighbors.indices.forEach((j, entry) => {
          const i = Math.floor(entry / k);
          wanted[i]![j]! += conditional[entry]! / (2 * n);
          wanted[j]![i]! += conditional[entry]! / (2 * n);
        });
        const found = dense(jointAffinities(neighbors, 2), n);
        expect(gap(found.flat(), wanted.flat())).toBeLessThan(1e-15);
        expect(found.flat().reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      }),
    );
  });

  const { points } = groups(30, 3);

  const wanted = joint(points, 5, 16);

  it('do not care where the points lie and how they are turned', () => {
    fc.assert(
      fc.property(fc.double({ min: -100, max: 100, noNaN: true }), (by) => {
        expect(gap(joint(moved(turned(points, by), by), 5, 16).flat(), wanted.flat())).toBeLessThan(1e-9);
      }),
    );
  });

  it('do not care in which unit the points are measured, but for the tolerance of the search', () => {
    for (const unit of [1e-3, 7, 1e6]) {
      const other = points.map((row) => row.map((value) => unit * value));
      expect(gap(joint(other, 5, 16).flat(), wanted.flat())).toBeLessThan(1e-6);
    }
  });

  it('are permuted with the points', () => {
    const order = points.map((_, i) => (7 * i) % 30);
    const found = joint(
      order.map((i) => points[i]!),
      5,
      16,
    );
    const permuted = order.map((i) => order.map((j) => wanted[i]![j]!));
    expect(gap(found.flat(), permuted.flat())).toBeLessThan(1e-12);
  });
});
