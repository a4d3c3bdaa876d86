import * as tf from '@tensorflow/tfjs';
import { concatenation } from '../ops/concatenate.js';

/** Several inputs one behind the other along their channels: `[b, ..., c1]`, `[b, ..., c2]` to `[b, ..., c1 + c2]`. */
export class Concatenate extends tf.layers.Layer {
  static readonly className = 'MgmtConcatenate';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => concatenation(inputs as tf.Tensor[]));
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const shapes = inputShape as [tf.Shape, ...tf.Shape[]];
    return [...shapes[0].slice(0, -1), shapes.reduce((sum, shape) => sum + shape.at(-1)!, 0)];
  }
}
tf.serialization.registerClass(Concatenate);
