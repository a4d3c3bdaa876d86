import { MgmtError } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';

/** Images `[b, h, w, c]` or volumes `[b, d, h, w, c]`, float32. */
export type ImageBatch = tf.Tensor4D | tf.Tensor5D;

/** A spatial axis: slices, rows, columns. Images have no depth. */
export type AxisName = 'depth' | 'height' | 'width';

/** The axes of a volume, in their order. */
export const AXES = ['depth', 'height', 'width'] as const;

/** The spatial axes of a batch, by name. */
export function axesOf(x: ImageBatch): readonly AxisName[] {
  return x.rank === 4 ? AXES.slice(1) : AXES;
}

/** `[h, w]` or `[d, h, w]`. */
export function spatialOf(x: ImageBatch): number[] {
  return x.shape.slice(1, -1);
}

/** @throws `MgmtError` `nn/no-image-batch` for a tensor of another rank */
export function checkImageBatch(x: tf.Tensor): asserts x is ImageBatch {
  if (x.rank === 4 || x.rank === 5) return;
  throw new MgmtError('augmentations take a batch of images or of volumes', {
    code: 'nn/no-image-batch',
    expected: '[b, h, w, c] or [b, d, h, w, c]',
    found: `[${x.shape.join(', ')}]`,
    hint: 'a single image gets its batch axis by tf.expandDims(image, 0)',
  });
}

/**
 * Changes every sample by its own parameter. The result belongs to the caller; what was made on the way is freed.
 *
 * @param change - one sample, `[1, ...]`, to one of any spatial shape
 * @throws `MgmtError` `nn/no-image-batch`; `nn/parameter-for-each-sample` where there are not as many parameters as samples
 */
export function eachSample<T extends ImageBatch, P>(x: T, parameters: readonly P[], change: (sample: T, parameter: P) => tf.Tensor): T {
  checkImageBatch(x);
  if (parameters.length !== x.shape[0]) {
    throw new MgmtError('every sample of a batch needs its own parameter', {
      code: 'nn/parameter-for-each-sample',
      expected: `${x.shape[0]} for a batch of shape [${x.shape.join(', ')}]`,
      found: `${parameters.length}`,
    });
  }
  return tf.tidy(() => tf.concat(samplesOf(x).map((sample, i) => tf.tidy(() => change(sample, parameters[i]!)))) as T);
}

/** The samples of a batch, each a batch of one. */
function samplesOf<T extends ImageBatch>(x: T): T[] {
  return tf.split(x as tf.Tensor, x.shape[0]) as T[];
}
