import * as tf from '@tensorflow/tfjs';
import { only } from './Conv.js';

/** The first token alone: `[b, n, dim]` to `[b, 1, dim]`. */
export class FirstToken extends tf.layers.Layer {
  static readonly className = 'MgmtFirstToken';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = only(inputs) as tf.Tensor3D;
      return tf.slice(x, [0, 0, 0], [x.shape[0], 1, x.shape[2]]);
    });
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [b, , dim] = inputShape as [number | null, number, number];
    return [b, 1, dim];
  }
}
tf.serialization.registerClass(FirstToken);
