import { MgmtError } from '@mgmt/core';
import type { LayersModel } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';

/**
 * The probability of class 1 that a network with one logit gives one prepared image.
 *
 * @param voxels - `[d, h, w]` or `[h, w, c]` in C order, exactly the network's input without the batch axis
 * @returns in [0, 1]
 * @throws `MgmtError` `models-cnn/wrong-input` where the number of voxels or of logits is another
 * @example
 * const p = await probabilityOf(network, volume.data);
 */
export async function probabilityOf(model: LayersModel, voxels: Float32Array): Promise<number> {
  const shape = (model.inputs[0]!.shape as (number | null)[]).map((n) => n ?? 1); // one image
  const classes = model.outputs[0]!.shape.at(-1);
  if (tf.util.sizeFromShape(shape) !== voxels.length || classes !== 1) {
    throw new MgmtError('the image does not fit the network', {
      code: 'models-cnn/wrong-input',
      expected: `${shape.slice(1).join(' x ')} voxels for a network with one logit`,
      found: `${voxels.length} voxels and ${classes} logits`,
    });
  }
  const probability = tf.tidy(() => tf.sigmoid(model.predict(tf.tensor(voxels, shape, 'float32')) as tf.Tensor));
  try {
    return (await probability.data())[0]!;
  } finally {
    probability.dispose();
  }
}
