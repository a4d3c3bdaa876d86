import { rng } from '@mgmt/core';
import { smoothField } from '../../src/phantom/smoothField.js';

const moments = (values: Float32Array) => {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return { mean, deviation: Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length) };
};

describe('smoothField', () => {
  it('has mean 0 and deviation 1, whatever the lattice', () => {
    for (const lattice of [1.7, 2.5, 4]) {
      const { mean, deviation } = moments(smoothField(rng(1), [60, 61, 62], [1, 1, 1], lattice));
      expect(Math.abs(mean)).toBeLessThan(0.15); // 3,400 lattice points at the widest: a standard error of 0.05
      expect(Math.abs(deviation - 1)).toBeLessThan(0.06);
    }
  });

  it('is smooth along all three axes: neighbors differ little where lattice points are far apart', () => {
    const [slices, rows, columns] = [30, 31, 32];
    const field = smoothField(rng(2), [slices, rows, columns], [1, 1, 1], 10);
    const steps = [rows * columns, columns, 1];
    const largest = steps.map((step) => {
      let most = 0;
      for (let k = 0; k < slices - 1; k++)
        for (let j = 0; j < rows - 1; j++)
          for (let i = 0; i < columns - 1; i++) {
            const p = (k * rows + j) * columns + i;
            most = Math.max(most, Math.abs(field[p + step]! - field[p]!));
          }
      return most;
    });
    for (const most of largest) expect(most).toBeLessThan(0.5);
  });

  it('has one value a voxel also where the grid is a lattice step or less', () => {
    expect(smoothField(rng(3), [1, 2, 3], [1, 1, 1], 50)).toHaveLength(6);
  });
});
