import * as tf from '@tensorflow/tfjs';
import { maxPool2d } from './maxPool2d.js';
import { pad } from './pad.js';
import { spellPadding, type Padding } from './padding.js';
import { reshape } from './reshape.js';

/** A pooling window: a number for each spatial axis. */
export interface PoolGeometry {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: Padding;
}

/**
 * The largest value in each window. Padding never wins: it counts as minus infinity, as in PyTorch.
 *
 * In three dimensions the window is taken as two, rows and columns first, then depth, each a two-dimensional pool over a reshaped view: the same
 * values at half the time of a whole training step, since the gradient of
 * three-dimensional pooling is slow in TensorFlow.
 *
 * @param x - `[b, h, w, c]` or `[b, d, h, w, c]`
 * @throws `MgmtError` `nn/window-too-large`
 */
export function maxPooling(x: tf.Tensor, { kernel, stride, padding }: PoolGeometry): tf.Tensor {
  if (x.rank === 4) return pool2d(x as tf.Tensor4D, { kernel, stride, padding });
  const [b, d, h, w, c] = x.shape as [number, number, number, number, number];
  const at = (axis: number) => (typeof padding === 'number' ? padding : padding[axis]!);
  const planes = pool2d(reshape(x, [b * d, h, w, c]) as tf.Tensor4D, {
    kernel: kernel.slice(1),
    stride: stride.slice(1),
    padding: [at(1), at(2)],
  }); // [b d, h', w', c]
  const [, rows, columns] = planes.shape;
  const stacked = pool2d(reshape(planes, [b, d, rows * columns, c]) as tf.Tensor4D, {
    kernel: [kernel[0]!, 1],
    stride: [stride[0]!, 1],
    padding: [at(0), 0],
  }); // [b, d', h' w', c]
  return reshape(stacked, [b, stacked.shape[1], rows, columns, c]);
}

function pool2d(x: tf.Tensor4D, { kernel, stride, padding }: PoolGeometry): tf.Tensor4D {
  const window = spellPadding({ input: x.shape.slice(1, 3), kernel, stride, padding });
  const padded = window.needsPad ? (pad(x, window.pads, -Infinity) as tf.Tensor4D) : x;
  return maxPool2d(padded, kernel, stride, window.spelled);
}
