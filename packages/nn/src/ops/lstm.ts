import * as tf from '@tensorflow/tfjs';

/** The weights of one layer of an LSTM; the four gates stand side by side in PyTorch's order: input, forget, cell, output. */
export interface LstmWeights {
  /** `[features, 4 hidden]` */
  readonly fromInput: tf.Tensor2D;
  /** `[hidden, 4 hidden]` */
  readonly fromHidden: tf.Tensor2D;
  /** `[4 hidden]`, added to `fromInput`'s product. */
  readonly inputBias: tf.Tensor1D;
  /** `[4 hidden]`, added to `fromHidden`'s product. */
  readonly hiddenBias: tf.Tensor1D;
}

/**
 * One layer of an LSTM over a sequence, from a state of zeros: `c = f c + i g`, `h = o tanh(c)`.
 *
 * @param x - `[b, steps, features]`
 * @returns `h` of each step, `[b, hidden]`
 * @remarks Hochreiter & Schmidhuber 1997, doi:10.1162/neco.1997.9.8.1735, with forget gates and two biases as in PyTorch.
 */
export function lstmLayer(x: tf.Tensor3D, { fromInput, fromHidden, inputBias, hiddenBias }: LstmWeights): tf.Tensor2D[] {
  const [b, steps, features] = x.shape;
  const projected = tf.matMul(tf.reshape(x, [b * steps, features]), fromInput);
  const gates = tf.unstack(tf.reshape(tf.add(projected, tf.add(inputBias, hiddenBias)), [b, steps, -1]), 1) as tf.Tensor2D[]; // each [b, 4 hidden]
  const outputs: tf.Tensor2D[] = [];
  let cell: tf.Tensor | undefined; // [b, hidden]
  for (const gate of gates) {
    const hidden = outputs.at(-1);
    const [i, f, g, o] = tf.split(hidden ? tf.add(gate, tf.matMul(hidden, fromHidden)) : gate, 4, 1);
    const entering = tf.mul(tf.sigmoid(i!), tf.tanh(g!));
    cell = cell ? tf.add(tf.mul(tf.sigmoid(f!), cell), entering) : entering;
    outputs.push(tf.mul(tf.sigmoid(o!), tf.tanh(cell)));
  }
  return outputs;
}
