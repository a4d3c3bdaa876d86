import * as tf from '@tensorflow/tfjs';
import type { WindowGeometry } from '../src/ops/padding.js';

/** An element under a window: its value, the index of its place in the kernel, and its channel. */
export interface Tapped {
  readonly value: number;
  readonly tap: number;
  readonly channel: number;
}

/** Every window of an input `[b, ..., c]`, without padded places, reduced by plain loops: the definition that convolution and pooling are tested by. */
export function slidingWindows(
  x: tf.Tensor,
  { kernel, stride, padding }: Omit<WindowGeometry, 'input'>,
  outputs: number,
  reduce: (window: readonly Tapped[], output: number) => number,
): tf.Tensor {
  const [b, ...rest] = x.shape as [number, ...number[]];
  const [channels, extents] = [rest.at(-1)!, rest.slice(0, -1)];
  const values = x.dataSync();
  const pads = extents.map((_, axis) => {
    const p = typeof padding === 'number' ? padding : padding[axis]!;
    return typeof p === 'number' ? ([p, p] as const) : p;
  });
  const counts = extents.map((n, axis) => Math.floor((n + pads[axis]![0] + pads[axis]![1] - kernel[axis]!) / stride[axis]!) + 1);
  const result: number[] = [];
  for (let image = 0; image < b; image++) {
    for (const position of indices(counts)) {
      const window: Tapped[] = [];
      indices(kernel).forEach((offset, tap) => {
        const place = position.map((p, axis) => p * stride[axis]! - pads[axis]![0] + offset[axis]!);
        if (place.some((p, axis) => p < 0 || p >= extents[axis]!)) return;
        const flat = place.reduce((at, p, axis) => at * extents[axis]! + p, image);
        for (let channel = 0; channel < channels; channel++) window.push({ value: values[flat * channels + channel]!, tap, channel });
      });
      for (let output = 0; output < outputs; output++) result.push(reduce(window, output));
    }
  }
  return tf.tensor(result, [b, ...counts, outputs], 'float32');
}

/** All index tuples below these extents, in C order. */
function indices(extents: readonly number[]): number[][] {
  return extents.reduce<number[][]>((tuples, n) => tuples.flatMap((tuple) => Array.from({ length: n }, (_, i) => [...tuple, i])), [[]]);
}
