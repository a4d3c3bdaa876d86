import { rng } from '@mgmt/core';
import { logOdds, ridgeLogistic } from '../../src/embedding/ridgeLogistic.js';
import { linearProbe, type BinaryLabel } from '../../src/index.js';
import { golden } from '../golden.js';
import { gap, goldenPoints, groups, matrixOf } from './clouds.js';

interface Logistic {
  name: string;
  points: string;
  labels: number[];
  ridge: number;
  logOdds: number[];
}

describe('ridgeLogistic', () => {
  it.each(golden<Logistic[]>('embeddings', 'logistic'))('equals scikit-learn: $name', ({ points, labels, ridge, logOdds: expected }) => {
    const matrix = matrixOf(goldenPoints(points));
    const model = ridgeLogistic(matrix, Uint8Array.from(labels), ridge);
    expect(
      gap(
        labels.map((_, i) => logOdds(model, matrix, i)),
        expected,
      ),
    ).toBeLessThan(1e-6);
  });
});

describe('linearProbe', () => {
  const binary = (labels: number[]) => labels as BinaryLabel[];

  it('finds a class that a plane cuts off', () => {
    const { points, labels } = groups(60, 6, { centers: 2, apart: 3 });
    expect(linearProbe(points, binary(labels), { rng: rng(0) }).auc).toBe(1);
  });

  it('does not care in which unit a dimension is measured, nor for one without spread', () => {
    const { points, labels } = groups(60, 6, { centers: 2, apart: 0.3 });
    const other = points.map((row) => [...row.map((value, k) => value * 10 ** (2 * k - 5)), 1]);
    const { perFold } = linearProbe(points, binary(labels), { rng: rng(0) });
    expect(gap(linearProbe(other, binary(labels), { rng: rng(0) }).perFold, perFold)).toBeLessThan(1e-12);
  });

  it('finds nothing in noise, though the cases that it is fitted to are separated', () => {
    const aucs = Array.from({ length: 20 }, (_, seed) => {
      const { points } = groups(40, 50, { centers: 1, seed });
      return linearProbe(points, binary(points.map((__, i) => i % 2)), { rng: rng(seed) }).auc;
    });
    expect(Math.abs(aucs.reduce((sum, auc) => sum + auc, 0) / 20 - 0.5)).toBeLessThan(0.09); // four deviations
  });

  it('is the mean over folds, the same for the same stream', () => {
    const { points, labels } = groups(40, 3, { centers: 2, apart: 0.5 });
    const probe = linearProbe(points, binary(labels), { rng: rng(3), folds: 4 });
    expect(probe.perFold).toHaveLength(4);
    expect(probe.auc).toBeCloseTo(probe.perFold.reduce((sum, auc) => sum + auc, 0) / 4, 12);
    expect(linearProbe(points, binary(labels), { rng: rng(3), folds: 4 })).toEqual(probe);
  });

  it('refuses fewer cases of a class than folds, other labels, and no penalty', () => {
    const points = [[0], [1], [2], [3], [4], [5]];
    expect(() => linearProbe(points, [0, 0, 0, 0, 0, 1], { rng: rng(0) })).toThrow(/too-few.*\n.*5 cases of each.*1\n/);
    expect(() => linearProbe(points, binary([0, 1, 2, 0, 1, 2]), { rng: rng(0) })).toThrow(/bad-label/);
    expect(() => linearProbe(points, [0, 1, 0, 1, 0, 1], { rng: rng(0), folds: 3, ridge: 0 })).toThrow(/bad-option: the option ridge/);
  });
});
