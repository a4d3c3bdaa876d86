import { type Rng, voxelCount } from '@mgmt/core';
import type { Anatomy } from './anatomy.js';
import { smoothField } from './smoothField.js';

/** Patches in what enhances and in the edema, some a centimeter wide. They move brightness about and leave each tissue's mean as it is. */
export interface Patches {
  /** Relative brightness by voxel of the anatomy's grid, around 0. */
  readonly field: Float32Array;
  /** Mean of the field over a tissue, which is taken off. */
  readonly mean: Readonly<Record<'rim' | 'edema', number>>;
}

/**
 * Draws a tumor's patches.
 *
 * @param patchiness - deviation of the brightness within a tissue, as a share of it
 */
export function drawPatches(random: Rng, { grid, fractions }: Pick<Anatomy, 'grid' | 'fractions'>, patchiness: number): Patches {
  const { shape, stepMm } = grid;
  const field = smoothField(random, shape, [stepMm, stepMm, stepMm], Math.max(LATTICE_MM, stepMm));
  for (let p = 0; p < field.length; p++) field[p] = patchiness * Math.max(-MOST, Math.min(MOST, field[p]!));
  const mean = (plane: Uint8Array) => {
    let [weight, sum] = [0, 0];
    for (let p = 0, count = voxelCount(shape); p < count; p++) {
      weight += plane[p]!;
      sum += plane[p]! * field[p]!;
    }
    return weight > 0 ? sum / weight : 0;
  };
  return { field, mean: { rim: mean(fractions.rim), edema: mean(fractions.edema) } };
}

const LATTICE_MM = 6;
const MOST = 1.7; // deviations: no patch is dark beyond the noise
