import { categoricalKernels } from '../samplers/tpe/categoricalKernels.js';
import { logNormalBetween } from '../samplers/tpe/logNormal.js';
import type { ParamValue } from '../distribution.js';
import type { ParameterGrid } from './parameterGrid.js';

/**
 * How likely each cell is, `[cells]`, by observed values: a mixture of a kernel on every cell that holds some, as heavy as their number, and the prior,
 * as heavy as one.
 *
 * @remarks The kernels of a list are TPE's. Those of a range are normal distributions, all as wide as Scott's rule says, cut off at its ends.
 */
export function gridDensity(grid: ParameterGrid, values: readonly ParamValue[]): Float64Array {
  const counts = new Float64Array(grid.cells);
  for (const value of values) counts[grid.cellOf(value)]!++;
  const observed = Array.from(counts.keys()).filter((cell) => counts[cell]! > 0);
  const weights = [...observed.map((cell) => counts[cell]!), 1];
  const kernels = grid.ordered ? normalKernels(observed, counts) : categoricalKernels(observed, grid.cells).probabilities;
  return counts.map((_, cell) => sum(kernels, (kernel, k) => weights[k]! * kernel[cell]!) / (values.length + 1));
}

/** `[kernels][cells]`; the prior's, in the middle and as wide as the grid, last. */
function normalKernels(observed: readonly number[], counts: Float64Array): readonly Float64Array[] {
  const width = scottWidth(observed, counts);
  return [
    ...observed.map((cell) => normalKernel(cell, width, counts.length)),
    normalKernel((counts.length - 1) / 2, counts.length, counts.length),
  ];
}

/** A normal distribution's mass in every cell, of that in all of them. */
function normalKernel(mean: number, width: number, cells: number): Float64Array {
  const logMass = (from: number, to: number) => logNormalBetween((from - mean) / width, (to - mean) / width);
  const logAll = logMass(-0.5, cells - 0.5);
  return new Float64Array(cells).map((_, cell) => Math.exp(logMass(cell - 0.5, cell + 0.5) - logAll));
}

/** So that 90 % of a kernel's mass lies in its own cell. */
const NARROWEST = 0.5 / 1.64;

/** The width of kernels, in cells. Scott 1992, doi:10.1002/9780470316849: 1.059 n^-1/5 times the smaller of two estimates of the standard deviation. */
function scottWidth(observed: readonly number[], counts: Float64Array): number {
  const n = sum(observed, (cell) => counts[cell]!);
  const mean = sum(observed, (cell) => cell * counts[cell]!) / n;
  const deviation = Math.sqrt(sum(observed, (cell) => (cell - mean) ** 2 * counts[cell]!) / Math.max(1, n - 1));
  return Math.max(1.059 * Math.min(quartileRange(observed, counts, n) / 1.34, deviation) * n ** -0.2, NARROWEST);
}

/** From the first cell with a quarter of the values up to it to the first with more than three quarters, as Optuna takes them. */
function quartileRange(observed: readonly number[], counts: Float64Array, n: number): number {
  let below = 0;
  const upTo = observed.map((cell) => (below += counts[cell]!));
  const first = observed[upTo.findIndex((count) => count >= Math.floor(n / 4))]!;
  const third = observed.find((_, i) => upTo[i]! > Math.floor((3 * n) / 4)) ?? observed.at(-1)!;
  return third - first;
}

const sum = <T>(items: readonly T[], of: (item: T, i: number) => number): number =>
  items.reduce((total, item, i) => total + of(item, i), 0);
