import type { Rng } from '@mgmt/core';
import type { TumorTraits } from './signal.js';

/** How a tumor's rim grows: as a ring around a large necrotic core, or solid. */
export type Growth = 'ring' | 'solid';

/** Geometry and appearance of one tumor, in the head's own frame (LPS mm, origin at the brain's center). */
export interface Tumor {
  readonly growth: Growth;
  readonly center: readonly [number, number, number];
  readonly radiusMm: number;
  /** Relative half axes, around 1. */
  readonly stretch: readonly [number, number, number];
  /** Radius of the necrotic core, as a share of the tumor's. */
  readonly core: number;
  /** Reach of the edema beyond the tumor. */
  readonly edemaMm: number;
  /** Contrast agent taken up by the rim, 0 to 1. */
  readonly enhancement: number;
  /** Water in the edema, 0 to 1: brightness in FLAIR and T2w. */
  readonly water: number;
  /** Deviation of the brightness within rim and edema, as a share of it; their means stay. */
  readonly patchiness: number;
}

/**
 * A tumor with these traits.
 *
 * A ring: a large dark necrotic core in a bright rim, wide edema. Solid: hardly a core, moderate and even enhancement, little edema. Both show in each
 * of the four modalities as contrast within a slice, so the difference outlives any rescaling by slice; places are shared by all.
 */
export function drawTumor(random: Rng, { growth, texture, size }: TumorTraits): Tumor {
  const side = random.chance(0.5) ? 1 : -1;
  const center = [side * random.uniform(24, 38), random.uniform(-38, 36), random.uniform(-8, 22)] as const; // within a brain's middle slabs
  const radiusMm = random.uniform(...RADII_MM[size]);
  const stretch = [random.uniform(0.88, 1.14), random.uniform(0.88, 1.14), random.uniform(0.88, 1.14)] as const;
  const ranges = RANGES[growth];
  const within = ([low, high]: readonly [number, number]) => random.uniform(low, high); // as many draws for both ways
  return {
    growth,
    center,
    radiusMm,
    stretch,
    core: within(ranges.core),
    edemaMm: within(ranges.edemaMm),
    enhancement: within(ranges.enhancement),
    water: within(ranges.water),
    patchiness: within(PATCHINESS[texture]),
  };
}

const RANGES = {
  ring: { core: [0.62, 0.78], edemaMm: [11, 18], enhancement: [0.8, 1], water: [0.7, 1] },
  solid: { core: [0.02, 0.2], edemaMm: [3, 7], enhancement: [0.15, 0.4], water: [0.15, 0.45] },
} as const;

/** The smallest large tumor holds more than the largest small one, stretched as they may be. */
const RADII_MM = { any: [20, 28], small: [17, 20], large: [26, 29] } as const;
const PATCHINESS = { even: [0, 0], patchy: [0.24, 0.32] } as const;
