import type { PytorchLayout } from '../layers/pytorchSlots.js';
import type { WeightTensor } from './safetensors.js';

/** The shape in PyTorch of a weight that has `shape` here: `[..., in, out]` is `[out, in, ...]` there, but for vectors. */
export function pytorchShape(shape: readonly number[], layout: PytorchLayout): readonly number[] {
  return layout === 'vector' ? shape : [shape.at(-1)!, shape.at(-2)!, ...shape.slice(0, -2)];
}

/** A weight `[..., in, out]` as PyTorch keeps it. */
export function toPytorchLayout(values: Float32Array, shape: readonly number[], layout: PytorchLayout): WeightTensor<Float32Array> {
  const there = pytorchShape(shape, layout);
  if (layout === 'vector') return { shape: there, data: values.slice() };
  const data = new Float32Array(values.length);
  eachPair(shape, (here, inPytorch) => (data[inPytorch] = values[here]!));
  return { shape: there, data };
}

/** A weight of PyTorch's as `[..., in, out]`. */
export function fromPytorchLayout(data: Float32Array, shape: readonly number[], layout: PytorchLayout): Float32Array {
  if (layout === 'vector') return data;
  const values = new Float32Array(data.length);
  eachPair(shape, (here, inPytorch) => (values[here] = data[inPytorch]!));
  return values;
}

/** Calls with the index of each element in `[k, in, out]` and in `[out, in, k]`. */
function eachPair(shape: readonly number[], visit: (here: number, inPytorch: number) => void): void {
  const [inputs, outputs] = [shape.at(-2)!, shape.at(-1)!];
  const taps = shape.slice(0, -2).reduce((product, n) => product * n, 1);
  for (let k = 0, here = 0; k < taps; k++) {
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) visit(here++, (o * inputs + i) * taps + k);
    }
  }
}
