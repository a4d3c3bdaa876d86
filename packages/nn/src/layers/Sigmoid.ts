import * as tf from '@tensorflow/tfjs';
import { only } from './Conv.js';

/** `1 / (1 + exp(-x))`, any shape. */
export class Sigmoid extends tf.layers.Layer {
  static readonly className = 'MgmtSigmoid';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.sigmoid(only(inputs));
  }
}
tf.serialization.registerClass(Sigmoid);
