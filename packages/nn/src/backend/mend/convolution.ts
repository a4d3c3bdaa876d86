import * as tf from '@tensorflow/tfjs';
import { composed, type Mend } from './kernel.js';
import { everyNth } from './axisByAxis.js';
import { perAxis, windowsOver, type Pad } from './windows.js';

/*
 * Convolutions and their gradients out of one operation, the forward convolution in two dimensions. WebAssembly has it from XNNPACK, thirty times as
 * fast as the loops that tfjs has there for the others (of which some are wrong beside).
 */

interface Attributes {
  readonly strides: number | readonly number[];
  readonly pad: Pad;
  readonly dilations?: number | readonly number[];
}

/** `Conv2D`, `DepthwiseConv2dNative`: XNNPACK's own `same` is wrong where a stride is larger than the window along one axis, numbers are not. */
export const paddedByNumbers: Mend = (stock) => (args) => {
  const { x, filter } = args.inputs as unknown as { readonly x: tf.Tensor; readonly filter: tf.Tensor };
  const { strides, pad, dilations } = args.attrs as unknown as Attributes;
  if (pad !== 'same') return stock(args);
  const dilation = perAxis(dilations, 2);
  const kernel = filter.shape.slice(0, 2).map((k, axis) => (k - 1) * dilation[axis]! + 1);
  const { pads } = windowsOver(x.shape.slice(1, 3), kernel, perAxis(strides, 2), pad);
  return stock({ ...args, attrs: { ...args.attrs, pad: [[0, 0], ...pads, [0, 0]] as unknown as number[] } });
};

/** `Conv3D`: `[b, d, h, w, c]` by `[kd, kh, kw, c, out]`. */
export const conv3d = composed<{ readonly x: tf.Tensor; readonly filter: tf.Tensor }, Attributes>(({ x, filter }, attributes) => {
  const [stride, dilation] = [perAxis(attributes.strides, 3), perAxis(attributes.dilations, 3)];
  const kernel = filter.shape.slice(0, 3).map((k, axis) => (k - 1) * dilation[axis]! + 1);
  const { pads } = windowsOver(x.shape.slice(1, 4), kernel, stride, attributes.pad);
  return convolve(x, filter, { stride, dilation, pads });
});

/** `Conv2DBackpropInput` and `Conv3DBackpropInputV2`: the convolution of `dy`, spread by the stride, with the filter turned around. */
export const inputGradient = composed<
  { readonly dy: tf.Tensor; readonly filter: tf.Tensor },
  Attributes & { readonly inputShape: readonly number[] }
>(({ dy, filter }, { strides, pad, inputShape }) => {
  const [input, kernel] = [inputShape.slice(1, -1), filter.shape.slice(0, -2)];
  const stride = perAxis(strides, input.length);
  const { pads } = windowsOver(input, kernel, stride, pad);
  const spread = spreadOut(dy, stride);
  const around = kernel.map((k, axis) => {
    const before = k - 1 - pads[axis]![0];
    return [before, input[axis]! + k - 1 - before - spread.shape[axis + 1]!] as const;
  });
  const ones = kernel.map(() => 1);
  const rest = around.map(([before, after]) => [Math.max(before, 0), Math.max(after, 0)] as const);
  return convolve(cut(spread, around), turnedAround(filter), { stride: ones, dilation: ones, pads: rest });
});

/**
 * `Conv2DBackpropFilter` and `Conv3DBackpropFilterV2`: for each plane of the filter, the convolution of the input's planes with `dy` for a filter,
 * channels for images and images for channels.
 */
export const filterGradient = composed<
  { readonly x: tf.Tensor; readonly dy: tf.Tensor },
  Attributes & { readonly filterShape: readonly number[] }
>(({ x, dy }, { strides, pad, filterShape }) => {
  const rank = filterShape.length - 2;
  const volume = (t: tf.Tensor) => (rank === 3 ? t : tf.expandDims(t, 1)); // [b, h, w, c] -> [b, 1, h, w, c]
  const front = (values: readonly number[], value: number) => (rank === 3 ? values : [value, ...values]);
  const [kd, kh, kw, channels, filters] = front(filterShape, 1) as [number, number, number, number, number];
  const stride = front(perAxis(strides, rank), 1) as [number, number, number];
  const [b, d, h, w] = volume(x).shape as [number, number, number, number];
  const [, depth, height, width] = volume(dy).shape as [number, number, number, number];
  const { pads } = windowsOver([d, h, w], [kd, kh, kw], stride, pad === 'same' || pad === 'valid' || typeof pad === 'number' || rank === 3 ? pad : [[0, 0], [0, 0], ...pad.slice(1)]); // prettier-ignore
  const images = padDepth(volume(x), pads[0]!);
  const windows = tf.transpose(tf.reshape(dy, [b * depth, height, width, filters]), [1, 2, 0, 3]) as tf.Tensor4D; // [h', w', b d', out]
  const around: Explicit = [[0, 0], pads[1]!, pads[2]!, [0, 0]];
  const planes = Array.from({ length: kd }, (_, k) => {
    const under = tf.reshape(everyNth(images, k, stride[0], depth), [b * depth, h, w, channels]);
    const turned = tf.transpose(under, [3, 1, 2, 0]) as tf.Tensor4D; // [in, h, w, b d']
    const taps = tf.conv2d(turned, windows, 1, around as [[0, 0], [number, number], [number, number], [0, 0]], 'NHWC', [
      stride[1],
      stride[2],
    ]);
    return tf.transpose(tf.slice(taps, [0, 0, 0, 0], [channels, kh, kw, filters]), [1, 2, 0, 3]); // [kh, kw, in, out]
  });
  return tf.reshape(tf.concat(planes, 0), [...filterShape]);
});

type Explicit = readonly [readonly [0, 0], readonly [number, number], readonly [number, number], readonly [0, 0]];

/** `[..., in, out]` to `[..., out, in]` with its taps in opposite order. */
function turnedAround(filter: tf.Tensor): tf.Tensor {
  const [channels, out] = filter.shape.slice(-2) as [number, number];
  const kernel = filter.shape.slice(0, -2);
  const swapped = tf.transpose(tf.reshape(filter, [-1, channels, out]), [0, 2, 1]); // [taps, out, in]
  return tf.reshape(tf.concat(tf.split(swapped, swapped.shape[0]).reverse(), 0), [...kernel, out, channels]);
}

interface Geometry {
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  /** Not negative. */
  readonly pads: readonly (readonly [number, number])[];
}

/** In three dimensions the depth slices under a filter's planes become channels of one image. */
function convolve(x: tf.Tensor, filter: tf.Tensor, { stride, dilation, pads }: Geometry): tf.Tensor {
  const [rows, columns] = pads.slice(-2) as [readonly [number, number], readonly [number, number]];
  const flat = (image: tf.Tensor, taps: tf.Tensor) =>
    tf.conv2d(
      image as tf.Tensor4D,
      taps as tf.Tensor4D,
      stride.slice(-2) as [number, number],
      [[0, 0], [...rows], [...columns], [0, 0]],
      'NHWC',
      dilation.slice(-2) as [number, number],
    );
  if (x.rank === 4) return flat(x, filter);
  const [b, d, h, w, c] = x.shape as [number, number, number, number, number];
  const [kd, kh, kw, , out] = filter.shape as [number, number, number, number, number];
  const depth = Math.floor((d + pads[0]![0] + pads[0]![1] - (kd - 1) * dilation[0]! - 1) / stride[0]!) + 1;
  const padded = padDepth(x, pads[0]!);
  const slices = Array.from({ length: kd }, (_, k) => everyNth(padded, k * dilation[0]!, stride[0]!, depth)); // each [b, d', h w c]
  const image = interleaved(slices, [kd, b * depth * h * w, c]); // [b d' h w, kd, c]
  const taps = tf.transpose(tf.reshape(filter, [kd, kh * kw, c * out]), [1, 0, 2]); // [kh kw, kd, c out]
  const y = flat(tf.reshape(image, [b * depth, h, w, kd * c]), tf.reshape(taps, [kh, kw, kd * c, out])); // [b d', h', w', out]
  return tf.reshape(y, [b, depth, y.shape[1]!, y.shape[2]!, out]);
}

function interleaved(slices: readonly tf.Tensor[], [count, n, c]: readonly [number, number, number]): tf.Tensor {
  if (count === 1) return slices[0]!;
  return tf.transpose(tf.reshape(tf.concat([...slices], 0), [count, n, c]), [1, 0, 2]);
}

/** `[b, d, h, w, c]` to `[b, before + d + after, h w c]`. */
function padDepth(x: tf.Tensor, [before, after]: readonly [number, number]): tf.Tensor3D {
  const [b, d, ...plane] = x.shape as [number, number, ...number[]];
  const rows = tf.reshape(x, [b, d, plane.reduce((product, n) => product * n, 1)]);
  return (before + after > 0 ? tf.pad(rows, [[0, 0], [before, after], [0, 0]]) : rows) as tf.Tensor3D; // prettier-ignore
}

/** Puts `stride - 1` zeros between the elements of each spatial axis. */
export function spreadOut(x: tf.Tensor, stride: readonly number[]): tf.Tensor {
  return stride.reduce<tf.Tensor>((spread, step, i) => {
    const [axis, n] = [i + 1, spread.shape[i + 1]!];
    if (step === 1 || n === 1) return spread;
    const [outer, inner] = [spread.shape.slice(0, axis), spread.shape.slice(axis + 1)].map((part) =>
      part.reduce((product, m) => product * m, 1),
    );
    const apart = tf.pad(tf.reshape(spread, [outer! * n, 1, inner!]), [[0, 0], [0, step - 1], [0, 0]]); // prettier-ignore
    const rows = tf.slice(tf.reshape(apart, [outer!, n * step, inner!]), [0, 0, 0], [outer!, (n - 1) * step + 1, inner!]);
    return tf.reshape(rows, [...spread.shape.slice(0, axis), (n - 1) * step + 1, ...spread.shape.slice(axis + 1)]);
  }, x);
}

/** Takes off what negative padding takes off each spatial axis. */
export function cut(x: tf.Tensor, pads: readonly (readonly [number, number])[]): tf.Tensor {
  if (pads.flat().every((n) => n >= 0)) return x;
  const begin = pads.map(([before]) => Math.max(-before, 0));
  const size = pads.map(([, after], axis) => x.shape[axis + 1]! - begin[axis]! - Math.max(-after, 0));
  return tf.slice(x, [0, ...begin, 0], [x.shape[0]!, ...size, x.shape.at(-1)!]);
}
