import * as tf from '@tensorflow/tfjs';

/** Computes in plain JavaScript, whose sums have one order, and keeps TensorFlow.js from praising its faster backends. */
export async function onCpu(): Promise<void> {
  tf.env().set('IS_TEST', true);
  await tf.setBackend('cpu');
}
