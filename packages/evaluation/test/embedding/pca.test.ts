import { rng } from '@mgmt/core';
import fc from 'fast-check';
import { leadingPlane } from '../../src/embedding/leadingPlane.js';
import { pca, type Pca } from '../../src/index.js';
import { golden } from '../golden.js';
import { gap, goldenPoints, gridPoints, groups, matrixOf } from './clouds.js';

type Expected = { [K in keyof Pca]: K extends 'scores' | 'components' ? number[][] : number[] } & {
  name: string;
  points: string;
  count: number;
};

describe('pca', () => {
  it.each(golden<Expected[]>('embeddings', 'pca'))('equals scikit-learn: $name', (expected) => {
    const found = pca(goldenPoints(expected.points), { components: expected.count });
    expect(gap(found.scores.flat(), expected.scores.flat())).toBeLessThan(1e-10);
    expect(gap(found.components.flat(), expected.components.flat())).toBeLessThan(1e-10);
    expect(gap(found.explainedVariance, expected.explainedVariance)).toBeLessThan(1e-10);
    expect(gap(found.explainedVarianceRatio, expected.explainedVarianceRatio)).toBeLessThan(1e-12);
    expect(gap(found.mean, expected.mean)).toBeLessThan(1e-12);
  });

  it('with all components keeps every point, whichever of points and dimensions are more', () => {
    fc.assert(
      fc.property(fc.constantFrom(2, 5, 9), fc.nat(), (d, any) => {
        fc.assert(
          fc.property(gridPoints({ minLength: 2, maxLength: 12, d }), (points) => {
            const { scores, components, mean } = pca(points, { components: Math.min(points.length, d) });
            const back = scores.map((row) => mean.map((m, k) => row.reduce((sum, score, c) => sum + score * components[c]![k]!, m)));
            expect(gap(back.flat(), points.flat())).toBeLessThan(1e-5);
          }),
          { numRuns: 20, seed: any },
        );
      }),
      { numRuns: 5 },
    );
  });

  it('has directions of length 1, at right angles, whose largest part is positive', () => {
    const { components } = pca(groups(50, 8).points, { components: 8 });
    components.forEach((a, i) => {
      components.forEach((b, j) => expect(a.reduce((sum, value, k) => sum + value * b[k]!, 0)).toBeCloseTo(i === j ? 1 : 0, 10));
      expect(Math.max(...a)).toBe(Math.max(...a.map(Math.abs)));
    });
  });

  it('has nothing to say where nothing spreads', () => {
    const equal = pca([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(equal.scores).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(equal.explainedVarianceRatio).toEqual([0, 0]);
    const line = pca([
      [0, 0],
      [3, 4],
      [6, 8],
    ]);
    expect(gap(line.components.flat(), [0.6, 0.8, 0, 0])).toBeLessThan(1e-12);
    expect(gap(line.explainedVariance, [25, 0])).toBeLessThan(1e-12);
  });

  it('refuses one point, and more components than there are', () => {
    expect(() => pca([[1, 2]])).toThrow(/too-few/);
    expect(() => pca([[1], [2]])).toThrow(/bad-option: the option components/);
    expect(() => pca([[1], [2]], { components: 0 })).toThrow(/bad-option: the option components/);
  });
});

describe('leadingPlane', () => {
  it.each([
    [80, 20],
    [20, 80],
    [6, 3],
    [9, 1],
  ])('is nearly the plane of pca, of the same sign: %i points of %i dimensions', (n, d) => {
    const { points } = groups(n, d, { centers: 3 });
    const plane = leadingPlane(matrixOf(points), rng(0));
    const wanted = pca(points, { components: Math.min(2, d) }).scores.flatMap(([x, y = 0]) => [x!, y]);
    expect(gap(plane, wanted)).toBeLessThan(1e-3 * Math.max(...wanted));
  });
});
