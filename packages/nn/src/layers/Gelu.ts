import * as tf from '@tensorflow/tfjs';
import { gelu } from '../ops/gelu.js';
import { only } from './Conv.js';

/** The Gaussian error linear unit in its exact form, PyTorch's default; any shape. */
export class Gelu extends tf.layers.Layer {
  static readonly className = 'MgmtGelu';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => gelu(only(inputs)));
  }
}
tf.serialization.registerClass(Gelu);
