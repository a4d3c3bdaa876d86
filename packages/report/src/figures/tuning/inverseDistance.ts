import type { RasterInterpolateFunction } from '@observablehq/plot';

/**
 * Scattered values on a grid, each cell the mean of all values weighted by `(d² + softness²)⁻²`, d in sides of the grid (Shepard 1968, doi:10.1145/800186.810616,
 * softened: a noisy value makes no peak of its own, and values at one place are averaged). It never leaves the range of the values. NaN of none.
 */
export const inverseDistance: RasterInterpolateFunction = (index, width, height, xs, ys, values) => {
  const grid: number[] = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let [sum, total] = [0, 0];
      for (const i of index) {
        const [dx, dy] = [(xs[i]! - column - 0.5) / width, (ys[i]! - row - 0.5) / height];
        const weight = (dx * dx + dy * dy + SOFTNESS ** 2) ** -2;
        sum += weight * (values[i] as number);
        total += weight;
      }
      grid.push(sum / total);
    }
  }
  return grid;
};

const SOFTNESS = 0.08; // a twelfth of a side: above the gaps between some 40 trials, below the width of a valley worth seeing
