import * as tf from '@tensorflow/tfjs';
import { swish } from '../ops/swish.js';
import { only } from './Conv.js';

/** `x sigmoid(x)`, any shape: PyTorch's SiLU. */
export class Swish extends tf.layers.Layer {
  static readonly className = 'MgmtSwish';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => swish(only(inputs)));
  }
}
tf.serialization.registerClass(Swish);
