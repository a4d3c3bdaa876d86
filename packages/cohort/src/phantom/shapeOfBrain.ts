import type { Rng } from '@mgmt/core';

const { abs, exp, max, min, sqrt } = Math; // looked up once: they are called for every voxel

/** Length of a vector. `Math.hypot` guards against overflow at ten times the price. */
export const norm = (x: number, y: number, z: number): number => sqrt(x * x + y * y + z * z);

/** Shares of a healthy voxel; they sum to 1. */
export interface HealthyTissue {
  readonly csf: number;
  readonly gray: number;
  readonly white: number;
}

/** One person's brain as functions of a place in its own frame: LPS mm, origin at its center. */
export interface BrainShape {
  /** Distance under the brain's surface, about mm; negative outside. `outline` is a smooth field that dents it. */
  depthMm(x: number, y: number, z: number, outline: number): number;
  /**
   * What is there, tumor aside. `folds` is a smooth field: sulci lie where it crosses zero. `soft` turns a distance inside a surface into a share of a
   * voxel.
   */
  tissueAt(x: number, y: number, z: number, depth: number, folds: number, soft: (mm: number) => number): HealthyTissue;
}

/**
 * Draws one person's brain: about 136 mm wide, 170 long and 120 high, egg-shaped, with folds, a fissure, ventricles and deep gray matter.
 *
 * @param sizes - what its size is drawn from, as a share of these millimeters
 */
export function shapeOfBrain(random: Rng, sizes: readonly [low: number, high: number]): BrainShape {
  const size = random.uniform(...sizes);
  const [halfX, halfY, up, down] = [67 * size * random.uniform(0.97, 1.04), 85 * size, 64 * size * random.uniform(0.96, 1.03), 54 * size];
  const ventricles = random.uniform(0.75, 1.45);
  const cortexMm = random.uniform(3.2, 4);

  return {
    depthMm(x, y, z, outline) {
      const v = y / halfY;
      const w = z / (z > 0 ? up : down);
      const u = x / (halfX * (1 + 0.1 * v - 0.06 * v * v)); // narrower in front
      const dent = 0.035 * max(-1.6, min(1.6, outline));
      const notch = 0.05 * exp(-((x * x) / 49)) * (w > -0.3 ? 1 : 0.3); // where the hemispheres part
      return (1 + dent - notch - norm(u, v, w)) * 66;
    },
    tissueAt(x, y, z, depth, folds, soft) {
      const sulcus = 5.5 * abs(folds) + 0.45 * max(0, depth - 9); // mm to the nearest sulcus; they end some 18 mm deep
      const fissure = abs(x) + 0.9 * max(0, depth - 26) + (z < -22 ? 0.4 * (-22 - z) : 0);
      const toSurface = min(depth, sulcus, fissure);

      const reach = y / 40;
      const bend = abs(x) - (6 + 9 * reach * reach) * (0.7 + 0.3 * ventricles);
      const horn = norm(bend / (5 * ventricles), (z - 11 + 8 * reach * reach) / (8 * ventricles), reach ** 3);
      const third = norm(x / (2.2 * ventricles), (y - 2) / 13, (z + 6) / 9);
      const fluid = max(1 - soft(toSurface - 0.8), soft((1 - horn) * 5 * ventricles), soft((1 - third) * 2.5 * ventricles));

      const thalamus = soft((1 - norm((abs(x) - 12) / 8, (y - 12) / 13, (z - 2) / 9)) * 8);
      const striatum = soft((1 - norm((abs(x) - 25 - 0.12 * y) / 7, (y + 8) / 22, (z - 3) / 13)) * 7);
      const cortex = 1 - soft(toSurface - cortexMm);
      const gray = (1 - fluid) * max(cortex, 0.85 * thalamus, 0.9 * striatum);
      return { csf: fluid, gray, white: 1 - fluid - gray };
    },
  };
}

/** Draws how the head lies in the scanner: a few degrees and millimeters off. Maps the scanner's LPS to the brain's own. */
export function drawPose(random: Rng): (x: number, y: number, z: number) => readonly [number, number, number] {
  const [yaw, pitch] = [random.uniform(-0.08, 0.08), random.uniform(-0.08, 0.08)];
  const [shiftX, shiftY, shiftZ] = [random.uniform(-3, 3), random.uniform(-3, 3), random.uniform(-2, 2) + 3];
  const [cosY, sinY, cosP, sinP] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  return (x, y, z) => {
    const [a, b, c] = [x - shiftX, y - shiftY, z + shiftZ];
    const [u, v] = [cosY * a + sinY * b, cosY * b - sinY * a];
    return [u, cosP * v + sinP * c, cosP * c - sinP * v];
  };
}
