import * as tf from '@tensorflow/tfjs';
import { rectify } from '../ops/relu.js';
import { only } from './Conv.js';

/** `max(x, 0)`, any shape. */
export class Relu extends tf.layers.Layer {
  static readonly className = 'MgmtRelu';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => rectify(only(inputs)));
  }
}
tf.serialization.registerClass(Relu);
