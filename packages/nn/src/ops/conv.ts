import * as tf from '@tensorflow/tfjs';
import { spellPadding, type Padding } from './padding.js';

/** Stride and padding of a convolution. */
export interface ConvGeometry {
  /** A number for each spatial axis. */
  readonly stride: readonly number[];
  readonly padding: Padding;
}

/**
 * Convolution in two or three dimensions, padded by numbers as PyTorch pads. Gradients are the backend's own operations.
 *
 * @param x - `[b, h, w, c]` or `[b, d, h, w, c]`
 * @param filter - `[kh, kw, c, out]` or `[kd, kh, kw, c, out]`
 * @returns `[b, ..., out]`
 * @throws `MgmtError` `nn/window-too-large`
 */
export function convolution(x: tf.Tensor, filter: tf.Tensor, { stride, padding }: ConvGeometry): tf.Tensor {
  const rank = x.rank - 2;
  const window = spellPadding({ input: x.shape.slice(1, -1), kernel: filter.shape.slice(0, rank), stride, padding });
  const padded = window.needsPad ? tf.pad(x, [[0, 0], ...window.pads.map(([a, b]) => [a, b] as [number, number]), [0, 0]]) : x;
  if (rank === 3) return tf.conv3d(padded as tf.Tensor5D, filter as tf.Tensor5D, stride as [number, number, number], window.spelled);
  if (tf.getKernel('Conv2DBackpropFilter', tf.getBackend())) {
    return tf.conv2d(padded as tf.Tensor4D, filter as tf.Tensor4D, stride as [number, number], window.spelled);
  }
  const volume = tf.expandDims(padded, 1) as tf.Tensor5D; // wasm differentiates convolutions in three dimensions only: [b, 1, h, w, c]
  const y = tf.conv3d(volume, tf.expandDims(filter, 0) as tf.Tensor5D, [1, ...stride] as [number, number, number], window.spelled);
  return tf.squeeze(y, [1]);
}
