import { rng } from '@mgmt/core';
import { nearestNeighborSeparability } from '../../src/index.js';
import { groups, moved, turned } from './clouds.js';

describe('nearestNeighborSeparability', () => {
  it('is certain of classes that lie apart', () => {
    const { points, labels } = groups(60, 4, { apart: 20 });
    const { accuracy, byChance, pValue } = nearestNeighborSeparability(points, labels, { rng: rng(0), permutations: 199 });
    expect(accuracy).toBeCloseTo(1, 12);
    expect(byChance).toBeGreaterThan(0.28);
    expect(byChance).toBeLessThan(0.36);
    expect(pValue).toBe(1 / 200);
  });

  it('finds nothing where classes are entangled: p-values of 200 such pictures are uniform', () => {
    const pValues = Array.from({ length: 200 }, (_, seed) => {
      const { points } = groups(30, 2, { centers: 1, seed });
      const labels = rng(seed).shuffle(points.map((__, i) => i % 2));
      return nearestNeighborSeparability(points, labels, { rng: rng(seed).child('p'), permutations: 39 }).pValue;
    });
    for (const level of [0.1, 0.25, 0.5, 0.75]) {
      const below = pValues.filter((p) => p <= level + 1e-9).length / 200;
      expect(below).toBeLessThan(level + 3.3 * Math.sqrt((level * (1 - level)) / 200)); // once in two thousand
    }
    expect(pValues.filter((p) => p <= 0.5).length).toBeGreaterThan(60);
  });

  it('lets classes of unequal size count the same', () => {
    const points = [[0], [0.1], [0.2], [0.3], [0.4], [0.5], [9], [0.25]];
    const labels = [0, 0, 0, 0, 0, 0, 1, 1];
    const { accuracy } = nearestNeighborSeparability(points, labels, { rng: rng(0), k: 1, permutations: 1 });
    // the last point stands between two of the others, which take it for theirs: the nearest of index 2 and of 3 is it
    expect(accuracy).toBeCloseTo((4 / 6 + 0) / 2, 12);
  });

  it('counts a tied vote by its share', () => {
    const { accuracy } = nearestNeighborSeparability([[0], [1], [2], [3]], [0, 1, 0, 1], { rng: rng(0), k: 2, permutations: 1 });
    // neighbors of 0: 1 and 2; of 1: 0 and 2; of 2: 1 and 3; of 3: 2 and 1. Votes: tied, wrong, wrong, tied
    expect(accuracy).toBeCloseTo((0.5 / 2 + 0.5 / 2) / 2, 12);
  });

  it('does not change when points are moved and turned', () => {
    const { points, labels } = groups(40, 2, { apart: 1 });
    const found = nearestNeighborSeparability(turned(moved(points, 2), 1), labels, { rng: rng(0), permutations: 50 });
    expect(found).toEqual(nearestNeighborSeparability(points, labels, { rng: rng(0), permutations: 50 }));
  });

  it('refuses as many neighbors as points, one class, no permutation', () => {
    expect(() => nearestNeighborSeparability([[0], [1]], [0, 1], { rng: rng(0), k: 2 })).toThrow(/bad-option: the option k/);
    expect(() => nearestNeighborSeparability([[0], [1]], [0, 0], { rng: rng(0), k: 1 })).toThrow(/one-class/);
    expect(() => nearestNeighborSeparability([[0], [1]], [0, 1], { rng: rng(0), k: 1, permutations: 0 })).toThrow(
      /bad-option: the option permutations/,
    );
  });
});
