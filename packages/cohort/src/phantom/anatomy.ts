import { type Rng, type Volume, volume, voxelCount } from '@mgmt/core';
import type { HeadGrid } from './headGrid.js';
import { drawPatches, type Patches } from './patches.js';
import { smoothField } from './smoothField.js';
import { drawPose, norm, shapeOfBrain } from './shapeOfBrain.js';
import type { Tumor } from './tumor.js';

const { exp, max, min } = Math; // looked up once: they are called for every voxel

/** What a voxel can be made of, in the order of the fractions' planes. */
export const TISSUES = ['csf', 'gray', 'white', 'core', 'rim', 'edema'] as const;
/** One of {@link TISSUES}. */
export type Tissue = (typeof TISSUES)[number];

/** A head as shares of tissue on a grid: what every modality is rendered from. */
export interface Anatomy {
  readonly grid: HeadGrid;
  /** Share of brain, `slices x rows x columns`, in 255ths: 255 inside, 0 outside. The tumor does not touch it. */
  readonly brain: Uint8Array;
  /** A plane a tissue, in 255ths; together the share of brain. */
  readonly fractions: Readonly<Record<Tissue, Uint8Array>>;
  /** BraTS labels: 0, 1 (necrotic core), 2 (edema), 4 (enhancing). */
  readonly mask: Volume<Uint8Array>;
  /** Of a patchy tumor. */
  readonly patches?: Patches;
}

/**
 * A brain with a tumor in it. The tumor pushes what is around it aside, its outline and its core are irregular, edema follows white matter.
 *
 * @param random - the brain's own stream; no tumor makes another's brain draw more or fewer numbers
 * @param headSize - what the brain's size is drawn from
 */
export function growAnatomy(random: Rng, grid: HeadGrid, tumor: Tumor, headSize: readonly [low: number, high: number]): Anatomy {
  const { shape, stepMm } = grid;
  const field = (name: string, latticeMm: number) =>
    smoothField(random.child(name), shape, [stepMm, stepMm, stepMm], max(latticeMm, stepMm));
  const outline = field('outline', 38);
  const folds = field('folds', 7.5);
  const fine = field('fine', 5);
  const edge = field('tumor edge', 17);
  const pose = drawPose(random.child('pose'));
  const person = shapeOfBrain(random.child('brain'), headSize);

  const count = voxelCount(shape);
  const fractions = Object.fromEntries(TISSUES.map((tissue) => [tissue, new Uint8Array(count)])) as Record<Tissue, Uint8Array>;
  const brain = new Uint8Array(count);
  const labels = new Uint8Array(count);
  const soft = (mm: number) => min(1, max(0, mm / stepMm + 0.5)); // share of a voxel on the inner side of a surface that is mm away
  const [slices, rows, columns] = shape;
  const [x0, y0, z0] = [grid.affine[0][3], grid.affine[1][3], grid.affine[2][3]];
  const [cx, cy, cz] = tumor.center;
  const [sx, sy, sz] = tumor.stretch;
  const radius = tumor.radiusMm;

  for (let k = 0, p = 0; k < slices; k++) {
    for (let j = 0; j < rows; j++) {
      for (let i = 0; i < columns; i++, p++) {
        const [x, y, z] = pose(x0 + i * stepMm, y0 + j * stepMm, z0 + k * stepMm);
        const depth = person.depthMm(x, y, z, outline[p]!);
        const whole = soft(depth);
        if (whole === 0) continue;

        const [dx, dy, dz] = [(x - cx) / sx, (y - cy) / sy, (z - cz) / sz];
        const distance = norm(dx, dy, dz) + 1e-6;
        const warp = 1 + 0.1 * edge[p]!;
        const beyond = distance * warp - radius; // mm outside the tumor's edge
        const push = (0.38 * radius * min(1, max(0, depth / 16)) * exp(-max(0, beyond) / 14)) / distance;
        const normal = person.tissueAt(x - push * dx, y - push * dy, z - push * dz, depth, folds[p]!, soft);

        const grown = (1 - soft(beyond)) * soft(depth - 2);
        const necrotic = 1 - soft(distance * (1 + 0.05 * fine[p]! + 0.06 * edge[p]!) - tumor.core * radius);
        const patchy = min(1, max(0.6, 0.92 + 0.15 * fine[p]!)); // not all of a tumor takes up contrast agent
        const reach = tumor.edemaMm * (1 + 0.4 * outline[p]! + 0.2 * folds[p]!);
        const swollen = (1 - soft(beyond - reach)) * (normal.white + 0.45 * normal.gray); // spreads along white matter
        const shares = 255 * whole;
        brain[p] = shares;
        const rest = shares * (1 - grown) * (1 - swollen);
        fractions.csf[p] = rest * normal.csf;
        fractions.gray[p] = rest * normal.gray;
        fractions.white[p] = rest * normal.white;
        fractions.core[p] = shares * grown * necrotic;
        fractions.rim[p] = shares * grown * (1 - necrotic) * patchy;
        fractions.edema[p] = shares * ((1 - grown) * swollen + grown * (1 - necrotic) * (1 - patchy));
        if (whole < 0.5) continue;
        if (grown >= 0.5) labels[p] = necrotic >= 0.5 ? 1 : 4;
        else if (swollen >= 0.4) labels[p] = 2;
      }
    }
  }
  const patches = tumor.patchiness > 0 ? drawPatches(random.child('patches'), { grid, fractions }, tumor.patchiness) : undefined;
  return { grid, brain, fractions, mask: volume(labels, shape, grid.affine), ...(patches && { patches }) };
}
