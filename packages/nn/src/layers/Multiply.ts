import * as tf from '@tensorflow/tfjs';

/** The product of two inputs, the second broadcast to the first where an axis of it is 1: `[b, d, h, w, c]`, `[b, 1, 1, 1, c]` to `[b, d, h, w, c]`. */
export class Multiply extends tf.layers.Layer {
  static readonly className = 'MgmtMultiply';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [x, factor] = inputs as [tf.Tensor, tf.Tensor];
    return tf.mul(x, factor);
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return (inputShape as tf.Shape[])[0]!;
  }
}
tf.serialization.registerClass(Multiply);
