import * as tf from '@tensorflow/tfjs';

/** `scale (gradient + weightDecay w)`; the gradient itself where nothing is asked. */
export function scaledGradient(gradient: tf.Tensor, variable: tf.Variable, weightDecay: number, scale: number): tf.Tensor {
  const decayed = weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(variable, weightDecay));
  return scale === 1 ? decayed : tf.mul(decayed, scale);
}
