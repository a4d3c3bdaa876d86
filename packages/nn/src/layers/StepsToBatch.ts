import * as tf from '@tensorflow/tfjs';
import { only } from './Conv.js';

/** The steps of every sequence as samples of their own, `[b, steps, ...]` to `[b steps, ...]`: for layers that know no steps. {@link BatchToSteps} undoes it. */
export class StepsToBatch extends tf.layers.Layer {
  static readonly className = 'MgmtStepsToBatch';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = only(inputs);
      const [b, steps, ...rest] = x.shape as [number, number, ...number[]];
      return tf.reshape(x, [b * steps, ...rest]);
    });
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return [null, ...(inputShape as tf.Shape).slice(2)];
  }
}
tf.serialization.registerClass(StepsToBatch);
