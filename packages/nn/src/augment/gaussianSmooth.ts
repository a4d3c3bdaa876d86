import { MgmtError } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { alongAxis, matrixOf } from './alongAxis.js';
import { eachSample, type ImageBatch, spatialOf } from './imageBatch.js';
import type { Range } from './range.js';

/**
 * Every sample blurred by a Gaussian, with zeros outside of it. Without a gradient.
 *
 * @param sigmas - for each sample the deviation along each spatial axis, in voxels; 0 changes nothing
 * @throws `MgmtError` `nn/sigma-for-each-axis`; `nn/no-image-batch`, `nn/parameter-for-each-sample`
 * @remarks `GaussianSmooth` of MONAI 0.8 with its kernel `erf`, which is cut off at four deviations and not normalized again.
 */
export function gaussianSmooth<T extends ImageBatch>(x: T, sigmas: readonly (readonly number[])[]): T {
  return eachSample(x, sigmas, (sample, sigma) => {
    const spatial = spatialOf(sample);
    if (sigma.length !== spatial.length) {
      throw new MgmtError('a blur has one deviation for each spatial axis', {
        code: 'nn/sigma-for-each-axis',
        expected: `${spatial.length} for extents ${spatial.join(' x ')}`,
        found: `${sigma.length}`,
      });
    }
    return spatial.reduce<tf.Tensor>((image, n, axis) => alongAxis(image, axis + 1, blur(n, gaussianTaps(sigma[axis]!))), sample);
  });
}

/** Some of the samples are blurred. */
export interface RandomGaussianSmooth {
  readonly step: 'gaussianSmooth';
  readonly probability: number;
  /** Voxels, drawn for each axis by itself. */
  readonly sigma: Range;
}

/** Random {@link gaussianSmooth} as data; `sigma` from 0.25 to 1.5 voxels by default, as in MONAI. */
export function randomGaussianSmooth(config: { readonly probability: number; readonly sigma?: Range }): RandomGaussianSmooth {
  return { step: 'gaussianSmooth', sigma: [0.25, 1.5], ...config };
}

/** What a bell of area 1 holds within each voxel, to four deviations and at least one voxel to both sides. */
export function gaussianTaps(sigma: number): number[] {
  const tail = Math.floor(Math.max(4 * sigma, 0.5) + 0.5);
  const upTo = (place: number) => erf(place / (Math.SQRT2 * sigma)) / 2;
  return Array.from({ length: 2 * tail + 1 }, (_, i) => Math.max(upTo(i - tail + 0.5) - upTo(i - tail - 0.5), 0));
}

/** The convolution with taps as a matrix, `[n, n]`. */
function blur(n: number, taps: readonly number[]): tf.Tensor2D {
  const tail = (taps.length - 1) / 2;
  return matrixOf(n, n, (row, i) => {
    for (let j = Math.max(0, i - tail); j <= Math.min(n - 1, i + tail); j++) row[j] = taps[j - i + tail]!;
  });
}

/** The error function to double precision, by its series of positive terms (Abramowitz and Stegun 7.1.6). */
function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x); // 1 - erf(6) is 2e-17
  let [sum, term] = [0, x];
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    sum += term;
    term *= (2 * x * x) / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
