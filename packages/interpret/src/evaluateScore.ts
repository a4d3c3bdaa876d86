import * as tf from '@tensorflow/tfjs';
import { runModel } from './runTapped.js';
import type { Score } from './score.js';

/** `[b]`, the scores of a batch, read; everything on the way is freed. */
export async function evaluateScore(model: tf.LayersModel, inputs: readonly tf.Tensor[], score: Score): Promise<Float32Array> {
  const scores = tf.tidy(() => score(runModel(model, inputs)));
  try {
    return Float32Array.from(await scores.data());
  } finally {
    scores.dispose();
  }
}

/** The `index`-th image of every input, `count` times: `[count, ...]`. */
export function repeatImage(inputs: readonly tf.Tensor[], index: number, count: number): tf.Tensor[] {
  return inputs.map((x) => tf.tile(tf.slice(x, index, 1), [count, ...x.shape.slice(1).map(() => 1)]));
}
