import { MgmtError } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { rawOps } from '../backend/rawOps.js';
import { type AffineMatrix } from './affineMatrix.js';
import { eachSample, type ImageBatch, spatialOf } from './imageBatch.js';
import { sampleComposed } from './sampleComposed.js';
import { sampleOnHost } from './sampleOnHost.js';
import type { Sampling } from './sampling.js';

/** What lies outside of an image: its mirror image (the outermost voxel is not repeated), nothing, or the outermost voxel again. */
export type AffinePadding = 'reflection' | 'zeros' | 'border';

/** How {@link affine} reads beyond the image. */
export interface AffineOptions {
  /** Reflection by default, as in MONAI. */
  readonly padding?: AffinePadding;
}

/**
 * Every sample turned, sheared, moved and scaled by its own matrix: bilinear, or trilinear in volumes. Extents stay. Without a gradient.
 *
 * @param matrices - one for each sample, `[2][3]` for images and `[3][4]` for volumes; {@link affineMatrix} makes one
 * @throws `MgmtError` `nn/no-affine-matrix` for a matrix of another shape; `nn/no-image-batch`, `nn/parameter-for-each-sample`
 * @remarks `Affine` of MONAI 0.8: index 0 is the middle of the first voxel and the reach between the outermost middles is what is mirrored
 * (`align_corners`).
 */
export function affine<T extends ImageBatch>(x: T, matrices: readonly AffineMatrix[], { padding = 'reflection' }: AffineOptions = {}): T {
  return eachSample(x, matrices, (sample, matrix) => {
    checkMatrix(matrix, sample.rank - 2);
    const source = padding === 'zeros' ? withinZeros(sample) : sample;
    const asVolume = ([d, h, w]: readonly number[]): [number, number, number] => (w === undefined ? [1, d!, h!] : [d!, h!, w]);
    const sampling: Sampling = {
      source: asVolume(spatialOf(source)),
      target: asVolume(spatialOf(sample)),
      channels: sample.shape.at(-1)!,
      matrix: sample.rank === 4 ? [[1, 0, 0, 0], ...matrix.map((row) => [0, ...row])] : matrix,
      outside: padding === 'reflection' ? 'mirror' : 'border',
    };
    const result = keepsTensorsOnHost()
      ? tf.tensor(sampleOnHost(source.dataSync(), sampling))
      : sampleComposed(tf.reshape(source, [...sampling.source, sampling.channels]), sampling);
    return tf.reshape(result, sample.shape);
  });
}

function checkMatrix(matrix: AffineMatrix, rank: number): void {
  if (matrix.length === rank && matrix.every((row) => row.length === rank + 1)) return;
  throw new MgmtError('a matrix does not fit the images that it is for', {
    code: 'nn/no-affine-matrix',
    expected: `${rank} rows of ${rank + 1} for ${rank === 2 ? 'images' : 'volumes'}`,
    found: `rows of ${matrix.map((row) => row.length).join(', ')}`,
    hint: `affineMatrix({ … }, ${rank}) makes one`,
  });
}

/** With one voxel of nothing around, what is repeated outside of it is nothing too. */
function withinZeros(sample: ImageBatch): ImageBatch {
  const around = sample.shape.map((_, axis): [number, number] => (axis === 0 || axis === sample.rank - 1 ? [0, 0] : [1, 1]));
  return tf.pad(sample as tf.Tensor, around) as ImageBatch;
}

function keepsTensorsOnHost(): boolean {
  const name = tf.getBackend();
  return name === 'cpu' || name === 'wasm' || rawOps()?.usesGpu === false;
}
