import type { Rng } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { eachSample, type ImageBatch } from './imageBatch.js';
import { drawFrom, type Range, rangeOf, type Spread } from './range.js';

/** How gray values change. Each part defaults to no change; they act in this order. */
export interface IntensityChange {
  /** Exponent of the gray values between the sample's darkest and brightest; above 1 the middle gets darker. */
  readonly gamma?: number;
  /** Distances from the sample's mean grow by this share. */
  readonly contrast?: number;
  /** All grow by this share. */
  readonly scale?: number;
  /** Added to all. */
  readonly shift?: number;
}

/**
 * Every sample with other gray values: brightness, contrast, gamma.
 *
 * @param changes - one for each sample
 * @throws `MgmtError` `nn/no-image-batch`, `nn/parameter-for-each-sample`
 * @remarks `AdjustContrast` (here gamma), `ScaleIntensity` and `ShiftIntensity` of MONAI 0.8; contrast as torchvision's `adjust_contrast` without its
 * rounding to gray levels.
 */
export function changeIntensity<T extends ImageBatch>(x: T, changes: readonly IntensityChange[]): T {
  return eachSample(x, changes, (sample, { gamma = 1, contrast = 0, scale = 0, shift = 0 }) => {
    const bent = gamma === 1 ? sample : bend(sample, gamma);
    const mean = contrast === 0 ? 0 : tf.mean(bent);
    const spread = tf.add(tf.mul(tf.sub(bent, mean), 1 + contrast), mean);
    return tf.add(tf.mul(spread, 1 + scale), shift);
  });
}

function bend(sample: tf.Tensor, gamma: number): tf.Tensor {
  const lowest = tf.min(sample);
  const range = tf.sub(tf.max(sample), lowest);
  return tf.add(tf.mul(tf.pow(tf.div(tf.sub(sample, lowest), tf.add(range, 1e-7)), gamma), range), lowest); // 1e-7 as in MONAI
}

/** Some of the samples get other gray values. */
export interface RandomIntensity {
  readonly step: 'intensity';
  readonly probability: number;
  readonly gamma: Range;
  readonly contrast: Range;
  readonly scale: Range;
  readonly shift: Range;
}

/** What {@link randomIntensity} takes; each part defaults to no change. */
export interface RandomIntensityConfig {
  readonly probability: number;
  readonly gamma?: Range;
  readonly contrast?: Spread;
  readonly scale?: Spread;
  readonly shift?: Spread;
}

/** A random {@link changeIntensity} as data. */
export function randomIntensity(config: RandomIntensityConfig): RandomIntensity {
  const { probability, gamma = [1, 1], contrast = 0, scale = 0, shift = 0 } = config;
  return { step: 'intensity', probability, gamma, contrast: rangeOf(contrast), scale: rangeOf(scale), shift: rangeOf(shift) };
}

/** A change of those that the config speaks of. */
export function drawIntensity(config: RandomIntensity, random: Rng): Required<IntensityChange> {
  const draw = (part: 'gamma' | 'contrast' | 'scale' | 'shift') => drawFrom(config[part], random.child(part));
  return { gamma: draw('gamma'), contrast: draw('contrast'), scale: draw('scale'), shift: draw('shift') };
}
