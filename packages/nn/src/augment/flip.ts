import { MgmtError } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { axesOf, type AxisName, checkImageBatch, type ImageBatch } from './imageBatch.js';

/**
 * The batch mirrored along axes: `width` exchanges left and right, `height` up and down, `depth` front and back.
 *
 * @throws `MgmtError` `nn/no-image-batch`; `nn/no-such-axis` for the depth of images
 */
export function flip<T extends ImageBatch>(x: T, axes: readonly AxisName[]): T {
  checkImageBatch(x);
  const names = axesOf(x);
  const missing = axes.find((axis) => !names.includes(axis));
  if (missing !== undefined) {
    throw new MgmtError('images cannot be flipped along an axis that they do not have', {
      code: 'nn/no-such-axis',
      expected: `some of ${names.join(', ')} for shape [${x.shape.join(', ')}]`,
      found: missing,
    });
  }
  const reversed: tf.Tensor = tf.reverse(
    x as tf.Tensor,
    axes.map((axis) => names.indexOf(axis) + 1),
  );
  return reversed as T;
}

/** Some of the samples are flipped along one axis. */
export interface RandomFlip {
  readonly step: 'flip';
  readonly probability: number;
  readonly axis: AxisName;
}

/** A random {@link flip} as data. */
export function randomFlip(config: Omit<RandomFlip, 'step'>): RandomFlip {
  return { step: 'flip', ...config };
}
