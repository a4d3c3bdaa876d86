import { type Rng, type VolumeShape, voxelCount } from '@mgmt/core';

/**
 * A smooth random field over a grid: uniform numbers on a coarse lattice, joined by cubic B-splines. Mean 0, deviation about 1, bounded by 5.3,
 * twice continuously differentiable. The spline is applied axis by axis, so a voxel costs some four multiplications, whatever the lattice.
 *
 * @param random - drawn once a lattice point
 * @param shape - `[slices, rows, columns]` of the grid
 * @param spacingMm - of the grid, `[slice, row, column]`
 * @param latticeMm - distance of lattice points: features are about twice as wide
 * @returns `slices x rows x columns`, C order
 */
export function smoothField(
  random: Rng,
  shape: VolumeShape,
  spacingMm: readonly [number, number, number],
  latticeMm: number,
): Float32Array {
  const sliceAt = smoothSlices(random, shape, spacingMm, latticeMm);
  const field = new Float32Array(voxelCount(shape));
  for (let k = 0; k < shape[0]; k++) field.set(sliceAt(k), k * shape[1] * shape[2]);
  return field;
}

/**
 * The same field a slice at a time, for grids that would be large in memory: `[rows, columns]` of slice k, in an array that the next call fills anew.
 */
export function smoothSlices(
  random: Rng,
  shape: VolumeShape,
  spacingMm: readonly [number, number, number],
  latticeMm: number,
): (k: number) => Float32Array {
  const axes = shape.map((n, axis) => splineAxis(n, spacingMm[axis]! / latticeMm));
  const [depth, height, width] = axes.map((axis) => axis.points) as [number, number, number];
  const lattice = new Float32Array(depth * height * width);
  for (let p = 0; p < lattice.length; p++) lattice[p] = random.uniform(-HALF_WIDTH, HALF_WIDTH);
  const rows = alongAxis(lattice, depth * height, axes[2]!, 1); // [depth, height, columns]
  const planes = alongAxis(rows, depth, axes[1]!, shape[2]); // [depth, rows, columns]
  const slice = new Float32Array(shape[1] * shape[2]);
  return (k) => {
    weighLines(planes, slice, axes[0]!, k, axes[0]!.first[k]! * slice.length, 0, slice.length);
    return slice;
  };
}

const HALF_WIDTH = Math.sqrt(3) * (315 / 151) ** 1.5; // deviation 1 before, and the spline's squared weights have mean 151/315 an axis

interface SplineAxis {
  readonly points: number; // of the lattice
  readonly first: Int32Array; // [n], first of four lattice points
  readonly weights: Float32Array; // [n, 4]
}

function splineAxis(n: number, step: number): SplineAxis {
  const first = new Int32Array(n);
  const weights = new Float32Array(4 * n);
  for (let i = 0; i < n; i++) {
    const whole = Math.floor(i * step);
    const t = i * step - whole;
    first[i] = whole;
    weights.set([(1 - t) ** 3 / 6, (3 * t ** 3 - 6 * t ** 2 + 4) / 6, (-3 * t ** 3 + 3 * t ** 2 + 3 * t + 1) / 6, t ** 3 / 6], 4 * i);
  }
  return { points: Math.floor((n - 1) * step) + 4, first, weights };
}

/** `[outer, points, inner]` -> `[outer, n, inner]` */
function alongAxis(lattice: Float32Array, outer: number, axis: SplineAxis, inner: number): Float32Array {
  const n = axis.first.length;
  const out = new Float32Array(outer * n * inner);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < n; i++) weighLines(lattice, out, axis, i, (o * axis.points + axis.first[i]!) * inner, (o * n + i) * inner, inner);
  }
  return out;
}

/** Four lines of the lattice, the first beginning at `from`, weighed for place i of an axis, to one line of the output at `to`. */
function weighLines(
  lattice: Float32Array,
  out: Float32Array,
  { weights }: SplineAxis,
  i: number,
  from: number,
  to: number,
  length: number,
): void {
  const [a, b, c, d] = [weights[4 * i]!, weights[4 * i + 1]!, weights[4 * i + 2]!, weights[4 * i + 3]!];
  for (const end = to + length; to < end; to++, from++) {
    out[to] = a * lattice[from]! + b * lattice[from + length]! + c * lattice[from + 2 * length]! + d * lattice[from + 3 * length]!;
  }
}
