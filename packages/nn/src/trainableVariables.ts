import type * as tf from '@tensorflow/tfjs';

/** What a model learns, in the order of its layers. The variables stay the model's. */
export function trainableVariables(model: tf.LayersModel): tf.Variable[] {
  return model.trainableWeights.map((weight) => weight.read() as tf.Variable);
}

/** How many numbers a model learns: what PyTorch counts as its parameters, with the scales and offsets of norms, without running statistics. */
export function countParameters(model: tf.LayersModel): number {
  return trainableVariables(model).reduce((sum, { size }) => sum + size, 0);
}
