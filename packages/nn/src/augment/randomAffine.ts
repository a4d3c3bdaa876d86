import type { Rng } from '@mgmt/core';
import type { AffinePadding } from './affine.js';
import { affineMatrix, type AffineMatrix } from './affineMatrix.js';
import { AXES, type AxisName } from './imageBatch.js';
import { type AxisRanges, type AxisSpreads, drawFrom, type Range, rangeOf, rangesOf, type Spread } from './range.js';

/** What {@link randomAffine} takes. Everything but the probability defaults to no change. */
export interface RandomAffineConfig {
  readonly probability: number;
  /** About an axis. Without a name: about depth, that is within the slices; a volume tilts only about axes that are named. */
  readonly rotationDegrees?: AxisSpreads;
  /** Share of the extent along each axis. */
  readonly translation?: AxisSpreads;
  /** Change of each axis by itself: 0.1 draws a factor between 0.9 and 1.1. Above 1 what is seen gets smaller. */
  readonly scale?: AxisSpreads;
  /** Each of the 2 entries in an image, 6 in a volume. */
  readonly shear?: Spread;
  /** Reflection by default, as in MONAI. */
  readonly padding?: AffinePadding;
}

/** Some of the samples are mapped by an affine matrix of their own. */
export interface RandomAffine {
  readonly step: 'affine';
  readonly probability: number;
  readonly rotationDegrees: AxisRanges;
  readonly translation: AxisRanges;
  readonly scale: AxisRanges;
  readonly shear: Range;
  readonly padding: AffinePadding;
}

/**
 * A random `affine` as data.
 *
 * @example
 * randomAffine({ probability: 0.5, rotationDegrees: 15, scale: 0.1, translation: { height: 0.05, width: 0.05 } });
 */
export function randomAffine(config: RandomAffineConfig): RandomAffine {
  const { probability, rotationDegrees = 0, translation = 0, scale = 0, shear = 0, padding = 'reflection' } = config;
  return {
    step: 'affine',
    probability,
    rotationDegrees: rangesOf(rotationDegrees, ['depth']),
    translation: rangesOf(translation),
    scale: rangesOf(scale),
    shear: rangeOf(shear),
    padding,
  };
}

/** A matrix of those that the config speaks of, for images or volumes of this extent. */
export function drawAffine(config: RandomAffine, spatial: readonly number[], random: Rng): AffineMatrix {
  const rank = spatial.length === 2 ? 2 : 3;
  const axes = AXES.slice(-rank);
  const draw = (part: 'rotationDegrees' | 'translation' | 'scale', axis: AxisName) =>
    drawFrom(config[part][axis], random.child(part).child(axis));
  return affineMatrix(
    {
      rotation: (rank === 2 ? (['depth'] as const) : AXES).map((axis) => (draw('rotationDegrees', axis) * Math.PI) / 180),
      shear: Array.from({ length: rank * (rank - 1) }, (_, i) => drawFrom(config.shear, random.child('shear').child(i))),
      translation: axes.map((axis, i) => draw('translation', axis) * spatial[i]!),
      scale: axes.map((axis) => 1 + draw('scale', axis)),
    },
    rank,
  );
}
