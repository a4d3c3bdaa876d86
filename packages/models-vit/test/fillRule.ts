import { loadPytorchTensors, toPytorchTensors, type LayersModel } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';

const { sin } = Math; // globals are slow in Jest's realm

/**
 * Gives a network weights that any other program can give its own: the t-th parameter in PyTorch's order and layout gets 0.05 sin(0.37 i + 0.11 t) at
 * flat index i, the scales of norms, which alone are vectors called `weight`, 1 more.
 */
export function fillByRule(model: LayersModel): void {
  const tensors = toPytorchTensors(model);
  [...tensors].forEach(([name, { shape, data }], t) => {
    const isScale = name.endsWith('.weight') && shape.length === 1;
    for (let i = 0; i < data.length; i++) data[i] = (isScale ? 1 : 0) + 0.05 * sin(0.37 * i + 0.11 * t);
  });
  loadPytorchTensors(model, tensors);
}

/** sin(0.013 j) over PyTorch's `[n, c, ...]`, as a tensor `[n, ..., c]`. */
export function sineInput(shape: readonly number[]): tf.Tensor {
  return tf.tidy(() => {
    const values = Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, (_, j) => Math.sin(0.013 * j));
    return tf.transpose(tf.tensor(values, [...shape], 'float32'), [0, ...shape.slice(2).map((_, axis) => axis + 2), 1]);
  });
}
