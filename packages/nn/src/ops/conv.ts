import * as tf from '@tensorflow/tfjs';
import { rawOps } from '../backend/rawOps.js';
import { currentPrecision } from '../precision.js';
import { toBfloat16 } from './cast.js';
import { convolutionInBfloat16 } from './convBfloat16.js';
import { pad } from './pad.js';
import { spellPadding, type Padding } from './padding.js';
import { pointwise } from './pointwise.js';
import { subsample } from './subsample.js';

/** Stride and padding of a convolution. */
export interface ConvGeometry {
  /** A number for each spatial axis. */
  readonly stride: readonly number[];
  readonly padding: Padding;
}

/**
 * Convolution in two or three dimensions, padded by numbers as PyTorch pads. Gradients are the backend's own operations. A 1x1 window with a stride looks at
 * every n-th element only, which are taken out first: oneDNN's gradient of such a convolution writes beyond its memory where channels are few.
 *
 * @param x - `[b, h, w, c]` or `[b, d, h, w, c]`
 * @param filter - `[kh, kw, c, out]` or `[kd, kh, kw, c, out]`
 * @returns `[b, ..., out]`
 * @throws `MgmtError` `nn/window-too-large`
 */
export function convolution(x: tf.Tensor, filter: tf.Tensor, { stride, padding }: ConvGeometry): tf.Tensor {
  const rank = x.rank - 2;
  const kernel = filter.shape.slice(0, rank);
  const window = spellPadding({ input: x.shape.slice(1, -1), kernel, stride, padding });
  const raw = rawOps();
  if (raw && kernel.every((n) => n === 1) && !window.needsPad) {
    if (stride.some((n) => n > 1)) return convolution(subsample(x, stride), filter, { stride: stride.map(() => 1), padding: 0 });
    if (!raw.usesGpu) return currentPrecision() === 'bfloat16' ? pointwise(toBfloat16(x), toBfloat16(filter)) : pointwise(x, filter);
  }
  if (currentPrecision() === 'bfloat16' && (rank === 2 || x.shape.at(-1)! >= LEAST_CHANNELS)) {
    const padded = window.needsPad ? pad(toBfloat16(x), window.pads, 0) : toBfloat16(x);
    return convolutionInBfloat16(padded, toBfloat16(filter), { stride, spelled: window.spelled });
  }
  const padded = window.needsPad ? pad(x, window.pads, 0) : x;
  if (rank === 3) return tf.conv3d(padded as tf.Tensor5D, filter as tf.Tensor5D, stride as [number, number, number], window.spelled);
  return tf.conv2d(padded as tf.Tensor4D, filter as tf.Tensor4D, stride as [number, number], window.spelled);
}

/** Of an input in three dimensions, for bfloat16: with one channel and few slices oneDNN gives numbers out of nowhere. */
const LEAST_CHANNELS = 8;
