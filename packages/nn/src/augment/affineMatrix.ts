/**
 * Where each voxel of a result is read: a row for each axis of the source (rows and columns; slices before them in a volume), which takes the voxel's
 * index along each axis, counted from the middle of the result, and 1, and gives the index in the source, counted from its middle.
 */
export type AffineMatrix = readonly (readonly number[])[];

/** The parts of an affine map, by spatial rank. All default to no change. */
export interface AffineParameters {
  /** Radians. In an image one angle; in a volume up to three: within the slices, then about the height axis, then about the width axis. */
  readonly rotation?: readonly number[];
  /** The entries beside the diagonal, row by row: 2 in an image, 6 in a volume. */
  readonly shear?: readonly number[];
  /** Voxels along each axis. Content moves the other way, since the result is read from there. */
  readonly translation?: readonly number[];
  /** Factor of each axis. Above 1 the result reads from farther out, so that what it shows is smaller. */
  readonly scale?: readonly number[];
}

/**
 * Rotation, shear, translation and scale as one matrix, multiplied in this order.
 *
 * @param rank - 2 for images, 3 for volumes
 * @remarks The convention of MONAI 0.8 (`AffineGrid`), whose numbers give the same images here.
 */
export function affineMatrix({ rotation = [], shear = [], translation = [], scale = [] }: AffineParameters, rank: 2 | 3): AffineMatrix {
  const planes = rank === 2 ? [[0, 1] as const] : ([[1, 2], [2, 0], [0, 1]] as const); // prettier-ignore
  const spatial = (a: number, b: number) => a < rank && b < rank;
  const beside = (a: number, b: number) => a * (rank - 1) + (b > a ? b - 1 : b); // the place among the entries beside the diagonal
  return [
    ...planes.map(([a, b], i) => rotationWithin(a, b, rotation[i] ?? 0, rank)),
    square(rank, (a, b) => (a !== b && spatial(a, b) ? shear[beside(a, b)] : undefined)),
    square(rank, (a, b) => (b === rank && a < rank ? translation[a] : undefined)),
    square(rank, (a, b) => (a === b && a < rank ? scale[a] : undefined)),
  ]
    .reduce(product)
    .slice(0, rank);
}

function rotationWithin(a: number, b: number, angle: number, rank: number): number[][] {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const matrix = square(rank, () => undefined);
  [matrix[a]![a], matrix[a]![b], matrix[b]![a], matrix[b]![b]] = [c, -s, s, c];
  return matrix;
}

/** A matrix `[rank + 1][rank + 1]`, of the identity where an entry is not given. */
const square = (rank: number, entry: (a: number, b: number) => number | undefined): number[][] =>
  Array.from({ length: rank + 1 }, (_, a) => Array.from({ length: rank + 1 }, (_, b) => entry(a, b) ?? (a === b ? 1 : 0)));

const product = (left: readonly number[][], right: readonly number[][]) =>
  left.map((row) => row.map((_, b) => row.reduce((sum, value, k) => sum + value * right[k]![b]!, 0)));
