import * as tf from '@tensorflow/tfjs';
import { cut, spreadOut } from './convolution.js';
import { composed } from './kernel.js';
import { perAxis, windowsOver, type Pad } from './windows.js';

interface Attributes {
  readonly strides: number | readonly number[];
  readonly pad: Pad;
}

/** `DepthwiseConv2dNativeBackpropInput`: the depthwise convolution of `dy`, spread by the stride, with the kernels turned around. */
export const depthwiseInputGradient = composed<
  { readonly dy: tf.Tensor; readonly filter: tf.Tensor },
  Attributes & { readonly inputShape: readonly [number, number, number, number] }
>(({ dy, filter }, { strides, pad, inputShape }) => {
  const [kh, kw, channels, times] = filter.shape as [number, number, number, number];
  const [b, h, w] = inputShape;
  const stride = perAxis(strides, 2);
  const { pads } = windowsOver([h, w], [kh, kw], stride, pad);
  const spread = spreadOut(dy, stride); // [b, ..., c times]
  const around = [kh, kw].map((k, axis) => {
    const before = k - 1 - pads[axis]![0];
    return [before, inputShape[axis + 1]! + k - 1 - before - spread.shape[axis + 1]!] as const;
  });
  const turned = tf.reshape(tf.reverse(filter, [0, 1]), [kh, kw, channels * times, 1]) as tf.Tensor4D;
  const padded = tf.pad(cut(spread, around), [
    [0, 0],
    ...around.map(([a, z]) => [Math.max(a, 0), Math.max(z, 0)] as [number, number]),
    [0, 0],
  ]);
  const each = tf.depthwiseConv2d(padded as tf.Tensor4D, turned, 1, 'valid'); // [b, h, w, c times]
  return times === 1 ? each : tf.reshape(tf.sum(tf.reshape(each, [b * h * w * channels, times]), 1), [...inputShape]);
});

/** `DepthwiseConv2dNativeBackpropFilter`: for each tap, the sum over all windows of what lies under it, times `dy`. */
export const depthwiseFilterGradient = composed<
  { readonly x: tf.Tensor; readonly dy: tf.Tensor },
  Attributes & { readonly filterShape: readonly [number, number, number, number] }
>(({ x, dy }, { strides, pad, filterShape }) => {
  const [kh, kw, channels, times] = filterShape;
  const [sh, sw] = perAxis(strides, 2) as [number, number];
  const { pads } = windowsOver(x.shape.slice(1, 3), [kh, kw], [sh, sw], pad);
  const padded = tf.pad(x, [[0, 0], [...pads[0]!], [...pads[1]!], [0, 0]]);
  const [b, height, width] = dy.shape as [number, number, number];
  const windows = b * height * width;
  const weights = tf.reshape(dy, [windows * channels, times]);
  const ones = tf.ones([1, windows]);
  const taps = Array.from({ length: kh * kw }, (_, tap) => {
    const [row, column] = [Math.floor(tap / kw), tap % kw];
    const end = [b, row + (height - 1) * sh + 1, column + (width - 1) * sw + 1, channels];
    const under = tf.stridedSlice(padded, [0, row, column, 0], end, [1, sh, sw, 1]);
    const products = tf.mul(weights, tf.reshape(under, [windows * channels, 1]));
    return tf.matMul(ones, tf.reshape(products, [windows, channels * times])); // a sum over rows, as a product the fastest
  });
  return tf.reshape(tf.concat(taps, 0), [...filterShape]);
});
