import { loadPytorchTensors, toPytorchTensors, type LayersModel } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';

const { sin } = Math; // globals are slow in Jest's realm, and there are 23 million numbers

/**
 * Gives a network weights that any other program can give its own: the t-th parameter in PyTorch's order and layout gets 0.05 sin(0.37 i + 0.11 t)
 * at flat index i, weights of norms 1 more; running means 0 and variances 1.
 */
export function fillByRule(model: LayersModel): void {
  const tensors = toPytorchTensors(model);
  let t = 0;
  for (const [name, { data }] of tensors) {
    if (name.endsWith('running_mean')) data.fill(0);
    else if (name.endsWith('running_var')) data.fill(1);
    else {
      const isNormWeight = tensors.has(name.replace(/weight$/, 'running_var')) && name.endsWith('weight');
      for (let i = 0; i < data.length; i++) data[i] = (isNormWeight ? 1 : 0) + 0.05 * sin(0.37 * i + 0.11 * t);
      t++;
    }
  }
  loadPytorchTensors(model, tensors);
}

/** sin(0.013 j) over PyTorch's `[n, c, ...]`, as a tensor `[n, ..., c]`. */
export function sineInput(shape: readonly number[]): tf.Tensor {
  return tf.tidy(() => {
    const values = Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, (_, j) => Math.sin(0.013 * j));
    return tf.transpose(tf.tensor(values, [...shape], 'float32'), [0, ...shape.slice(2).map((_, axis) => axis + 2), 1]);
  });
}
