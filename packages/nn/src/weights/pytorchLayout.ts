import * as tf from '@tensorflow/tfjs';
import type { PytorchLayout } from '../layers/pytorchSlots.js';

/** The shape in PyTorch of a weight that has `shape` here: `[..., in, out]` is `[out, in, ...]` there, but for vectors. */
export function pytorchShape(shape: readonly number[], layout: PytorchLayout): number[] {
  return layout === 'vector' ? [...shape] : [shape.at(-1)!, shape.at(-2)!, ...shape.slice(0, -2)];
}

/** A weight `[..., in, out]` with its axes as in PyTorch. */
export function toPytorchLayout(weight: tf.Tensor, layout: PytorchLayout): tf.Tensor {
  if (layout === 'vector') return weight.clone();
  return tf.transpose(weight, pytorchShape([...weight.shape.keys()], layout));
}

/** A weight with its axes as in PyTorch, `[out, in, ...]`, as `[..., in, out]`. */
export function fromPytorchLayout(weight: tf.Tensor, layout: PytorchLayout): tf.Tensor {
  if (layout === 'vector') return weight.clone();
  const [out, inputs, ...taps] = [...weight.shape.keys()];
  return tf.transpose(weight, [...taps, inputs!, out!]);
}
