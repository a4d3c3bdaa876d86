import { loadPytorchTensors, toPytorchTensors, type LayersModel, type WeightTensor } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';

const { imul, sqrt } = Math; // globals are slow in Jest's realm

/** Random weights that another program can give its own: the rule of tools/golden/models_cnn_torchvision.py. */
export function fillByHash(model: LayersModel): void {
  const tensors = toPytorchTensors(model);
  [...tensors].forEach(([name, { data, shape }], t) => {
    const value = valueOf(name, shape);
    const values = hashed(t, data.length);
    for (let i = 0; i < data.length; i++) data[i] = value(values[i]!);
  });
  loadPytorchTensors(model, tensors);
}

/** Images of PyTorch's shape `[n, c, ...]` as a tensor `[n, ..., c]`. */
export function hashedImages(shape: readonly number[]): tf.Tensor {
  return tf.tidy(() => {
    const values = Float32Array.from(hashed(9999, tf.util.sizeFromShape([...shape])));
    return tf.transpose(tf.tensor(values, [...shape], 'float32'), [0, ...shape.slice(2).map((_, axis) => axis + 2), 1]);
  });
}

function valueOf(name: string, shape: WeightTensor['shape']): (u: number) => number {
  if (name.endsWith('running_mean')) return (u) => 0.1 * u;
  if (name.endsWith('running_var')) return (u) => 1 + 0.5 * u;
  if (name.endsWith('bias')) return (u) => 0.2 * u;
  if (shape.length === 1) return (u) => 1 + 0.3 * u;
  const bound = sqrt(6 / shape.slice(1).reduce((product, n) => product * n, 1));
  return (u) => bound * u;
}

/** Uniform in [-1, 1). */
function hashed(t: number, count: number): Float64Array {
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let h = imul(i ^ imul(t + 1, 0x9e3779b1), 0x85ebca6b);
    h = imul(h ^ (h >>> 13), 0xc2b2ae35);
    values[i] = ((h ^ (h >>> 16)) >>> 0) / 2 ** 31 - 1;
  }
  return values;
}
