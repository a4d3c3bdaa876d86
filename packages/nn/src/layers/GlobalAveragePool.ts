import * as tf from '@tensorflow/tfjs';
import { only } from './Conv.js';

/** The mean over all spatial axes: `[b, ..., c]` to `[b, c]`. */
export class GlobalAveragePool extends tf.layers.Layer {
  static readonly className = 'MgmtGlobalAveragePool';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = only(inputs);
      return tf.mean(tf.reshape(x, [x.shape[0], -1, x.shape.at(-1)!]), 1); // [b, n, c] -> [b, c]
    });
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const shape = inputShape as tf.Shape;
    return [shape[0]!, shape.at(-1)!];
  }
}
tf.serialization.registerClass(GlobalAveragePool);
