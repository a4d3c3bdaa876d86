import * as tf from '@tensorflow/tfjs';
import type { DepthwiseForm, DepthwiseWindow } from './depthwiseWindow.js';

/**
 * Depthwise convolution out of shifts and multiplications, one for each place in the kernel: for backends without its gradients, and for strides
 * that differ. The plain form, and slow.
 */
export const byShifts: DepthwiseForm = {
  forward(x, filter, window) {
    const padded = tf.pad(x, padsOfAll(window));
    return placesOf(window).reduce<tf.Tensor5D | undefined>(
      (before, place) =>
        tf.tidy(() => {
          const term = tf.mul(shifted(padded, place, window), tapsAt(filter, place));
          return before ? disposing(before, tf.add(before, term)) : term;
        }) as tf.Tensor5D,
      undefined,
    )!;
  },

  /** A convolution itself: of `dy`, spread by the stride, with the filter turned around. */
  inputGradient(dy, filter, window) {
    const { input, kernel, stride, pads, output } = window;
    const padded = input.map((n, axis) => n + pads[axis]![0] + pads[axis]![1]);
    const spread = [0, 1, 2].reduce<tf.Tensor>((x, axis) => spreadAxis(x, axis + 1, stride[axis]!), dy) as tf.Tensor5D;
    const dx = byShifts.forward(spread, tf.reverse(filter, [0, 1, 2]), {
      input: spread.shape.slice(1, -1),
      kernel,
      stride: [1, 1, 1],
      pads: padded.map((n, axis) => [kernel[axis]! - 1, n - (output[axis]! - 1) * stride[axis]! - 1] as const),
      output: padded,
    });
    const [b, , , , c] = dy.shape;
    return tf.slice(dx, [0, ...pads.map(([before]) => before), 0], [b, ...input, c]);
  },

  filterGradient(x, dy, window) {
    const padded = tf.pad(x, padsOfAll(window));
    const taps = placesOf(window).map((place) => tf.tidy(() => tf.sum(tf.mul(shifted(padded, place, window), dy), [0, 1, 2, 3]))); // each [c]
    return tf.reshape(tf.stack(taps), [...window.kernel, x.shape[4]] as [number, number, number, number]);
  },
};

type Place = readonly [number, number, number];

/** All places in the kernel, in C order. */
function placesOf({ kernel: [depth, height, width] }: DepthwiseWindow): Place[] {
  const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);
  return upTo(depth!).flatMap((i) => upTo(height!).flatMap((j) => upTo(width!).map((k) => [i, j, k] as const)));
}

/** What every window has at one place of the kernel: `[b, d', h', w', c]`. */
function shifted(padded: tf.Tensor5D, place: Place, { stride, output }: DepthwiseWindow): tf.Tensor5D {
  const [b, , , , c] = padded.shape;
  const ends = place.map((begin, axis) => begin + (output[axis]! - 1) * stride[axis]! + 1);
  return tf.stridedSlice(padded, [0, ...place, 0], [b, ...ends, c], [1, ...stride, 1]) as tf.Tensor5D;
}

/** `[c]` */
function tapsAt(filter: tf.Tensor4D, place: Place): tf.Tensor1D {
  const c = filter.shape[3];
  return tf.reshape(tf.slice(filter, [...place, 0], [1, 1, 1, c]), [c]);
}

function padsOfAll({ pads }: DepthwiseWindow): [number, number][] {
  return [[0, 0], ...pads.map(([before, after]) => [before, after] as [number, number]), [0, 0]];
}

/** Puts `stride - 1` zeros between the elements of an axis. */
function spreadAxis(x: tf.Tensor, axis: number, stride: number): tf.Tensor {
  if (stride === 1) return x;
  const n = x.shape[axis]!;
  const zeros = tf.zerosLike(x);
  const apart = tf.stack([x, ...Array<tf.Tensor>(stride - 1).fill(zeros)], axis + 1); // [..., n, stride, ...]
  const [outer, inner] = [x.shape.slice(0, axis), x.shape.slice(axis + 1)];
  const spread = tf.reshape(apart, [...outer, n * stride, ...inner]);
  return tf.slice(spread, Array<number>(x.rank).fill(0), [...outer, (n - 1) * stride + 1, ...inner]);
}

function disposing<T>(old: tf.Tensor, result: T): T {
  old.dispose();
  return result;
}
