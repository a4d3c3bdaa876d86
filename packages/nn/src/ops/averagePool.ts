import * as tf from '@tensorflow/tfjs';
import type { PoolGeometry } from './maxPool.js';
import { padsOf, spellPadding } from './padding.js';

/**
 * The mean of each window. Padding counts as zeros, and every window as equally large: PyTorch's default (`count_include_pad`). TensorFlow leaves
 * padding of its own out of the mean, so that the input is padded first.
 *
 * In three dimensions the window is taken as two, rows and columns first, then depth, each a two-dimensional pool over a reshaped view: a mean of
 * means over equally many is the mean.
 *
 * @param x - `[b, h, w, c]` or `[b, d, h, w, c]`
 * @throws `MgmtError` `nn/window-too-large`
 */
export function averagePooling(x: tf.Tensor, { kernel, stride, padding }: PoolGeometry): tf.Tensor {
  const [b, ...rest] = x.shape as [number, ...number[]];
  const { output } = spellPadding({ input: rest.slice(0, -1), kernel, stride, padding });
  const pads = output.map((_, axis) => padsOf(padding, axis));
  const around = pads.flat().some((n) => n > 0);
  const padded = around ? tf.pad(x, [[0, 0], ...pads.map(([before, after]) => [before, after] as [number, number]), [0, 0]]) : x;
  if (x.rank === 4) return pool2d(padded, kernel, stride);
  const [, d, h, w, c] = padded.shape as [number, number, number, number, number];
  const [depth, rows, columns] = output as [number, number, number];
  const planes = pool2d(tf.reshape(padded, [b * d, h, w, c]), kernel.slice(1), stride.slice(1)); // [b d, h', w', c]
  const stacked = pool2d(tf.reshape(planes, [b, d, rows * columns, c]), [kernel[0]!, 1], [stride[0]!, 1]); // [b, d', h' w', c]
  return tf.reshape(stacked, [b, depth, rows, columns, c]);
}

function pool2d(x: tf.Tensor, kernel: readonly number[], stride: readonly number[]): tf.Tensor {
  return tf.avgPool(x as tf.Tensor4D, kernel as [number, number], stride as [number, number], 'valid');
}
