import type { Affine } from './affine.js';

/** A direction in the patient: Left, Right, Posterior, Anterior, Superior, Inferior. */
export type AxisCode = 'L' | 'R' | 'P' | 'A' | 'S' | 'I';

/** The directions in which `[slice, row, column]` indices grow, the order of a volume's axes. Axial as radiologists view it is `['S', 'P', 'L']`. */
export type AxisCodes = readonly [AxisCode, AxisCode, AxisCode];

/** The plane of a series' slices. */
export type Orientation = 'axial' | 'coronal' | 'sagittal';

/**
 * The patient direction nearest to each axis of a volume, each used once: the assignment of axes to directions with the largest sum of cosines.
 *
 * @returns directions in which `[slice, row, column]` grow
 */
export function axisCodes(affine: Affine): AxisCodes {
  const cosines = [2, 1, 0].map((c) => {
    const column = [affine[0][c]!, affine[1][c]!, affine[2][c]!];
    const length = Math.hypot(...column) || 1;
    return column.map((value) => value / length);
  });
  let best: readonly number[] = PERMUTATIONS[0]!;
  let bestSum = -Infinity;
  for (const permutation of PERMUTATIONS) {
    const sum = permutation.reduce<number>((total, world, axis) => total + Math.abs(cosines[axis]![world]!), 0);
    if (sum > bestSum + 1e-9) [best, bestSum] = [permutation, sum];
  }
  return best.map((world, axis) => LPS[world]![cosines[axis]![world]! >= 0 ? 0 : 1]) as unknown as AxisCodes;
}

/** The plane that the slices of a volume lie nearest to. */
export function orientationOf(affine: Affine): Orientation {
  const [slice] = axisCodes(affine);
  if (slice === 'S' || slice === 'I') return 'axial';
  return slice === 'A' || slice === 'P' ? 'coronal' : 'sagittal';
}

/** True where slices grow upward, rows to the back and columns to the patient's left: the orientation that every network input here has. */
export function isAxial(affine: Affine): boolean {
  return axisCodes(affine).join('') === 'SPL';
}

const LPS = [
  ['L', 'R'],
  ['P', 'A'],
  ['S', 'I'],
] as const;

const PERMUTATIONS = [
  [2, 1, 0],
  [2, 0, 1],
  [1, 2, 0],
  [1, 0, 2],
  [0, 2, 1],
  [0, 1, 2],
] as const;
