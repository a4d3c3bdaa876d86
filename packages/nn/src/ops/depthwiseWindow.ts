import type * as tf from '@tensorflow/tfjs';
import type { ConvGeometry } from './conv.js';
import { padsOf, spellPadding } from './padding.js';

/** How a kernel moves over a volume, in numbers of depth, rows and columns. */
export interface DepthwiseWindow {
  readonly input: readonly number[];
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  /** `[before, after]` of each axis; what no window reaches is left out. */
  readonly pads: readonly (readonly [number, number])[];
  readonly output: readonly number[];
}

/** A way to compute depthwise convolution and its gradients, volumes only: `x` is `[b, d, h, w, c]`, a filter `[kd, kh, kw, c]`. */
export interface DepthwiseForm {
  forward(x: tf.Tensor5D, filter: tf.Tensor4D, window: DepthwiseWindow): tf.Tensor5D;
  /** The gradient for an input of these extents. */
  inputGradient(dy: tf.Tensor5D, filter: tf.Tensor4D, window: DepthwiseWindow): tf.Tensor5D;
  filterGradient(x: tf.Tensor5D, dy: tf.Tensor5D, window: DepthwiseWindow): tf.Tensor4D;
}

/**
 * The window of a depthwise convolution; two dimensions are three with a depth of one.
 *
 * @throws `MgmtError` `nn/window-too-large`
 */
export function depthwiseWindow(x: tf.Tensor, filter: tf.Tensor, { stride, padding }: ConvGeometry): DepthwiseWindow {
  const input = x.shape.slice(1, -1);
  const kernel = filter.shape.slice(0, -2);
  const { output } = spellPadding({ input, kernel, stride, padding });
  const pads = output.map((n, axis) => {
    const [before] = padsOf(padding, axis);
    return [before, Math.max(0, (n - 1) * stride[axis]! + kernel[axis]! - input[axis]! - before)] as const;
  });
  const inThree = <T>(values: readonly T[], depth: T) => (values.length === 3 ? values : [depth, ...values]);
  return {
    input: inThree(input, 1),
    kernel: inThree(kernel, 1),
    stride: inThree(stride, 1),
    pads: inThree(pads, [0, 0] as const),
    output: inThree(output, 1),
  };
}
