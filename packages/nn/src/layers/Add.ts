import * as tf from '@tensorflow/tfjs';
import { sum } from '../ops/sum.js';

/** The sum of two tensors of one shape. */
export class Add extends tf.layers.Layer {
  static readonly className = 'MgmtAdd';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [a, b] = inputs as [tf.Tensor, tf.Tensor];
      return sum(a, b);
    });
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return (inputShape as tf.Shape[])[0]!;
  }
}
tf.serialization.registerClass(Add);
