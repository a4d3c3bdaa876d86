import * as tf from '@tensorflow/tfjs';
import { rawOps } from '../backend/rawOps.js';
import type { DepthwiseForm, DepthwiseWindow } from './depthwiseWindow.js';
import { spellPadding, type SpelledWindow } from './padding.js';

/** Depthwise convolution as a sum of two-dimensional ones, one for each plane of the kernel. Strides of rows and columns are equal. */
export const byPlanes: DepthwiseForm = {
  forward(x, filter, window) {
    const { pads, needsPad, spelled } = withinPlanes(window);
    const [, stride] = window.stride;
    const padded = needsPad ? padPlanes(x, pads) : x;
    const terms = meetings(window).map(({ plane, from, to, count }) =>
      tf.tidy(() => {
        const images = asImages(takeSlices(padded, from, count, window.stride[0]!));
        const y = tf.depthwiseConv2d(images, kernelPlane(filter, plane), stride!, spelled); // [b count, h', w', c]
        return padSlices(asVolumes(y, count), to, window.output[0]!);
      }),
    );
    return sum(terms, [x.shape[0], ...window.output, x.shape[4]]);
  },

  inputGradient(dy, filter, window) {
    const { pads, needsPad, spelled } = withinPlanes(window);
    const [depthStride, stride] = window.stride as [number, number];
    const [depth, ...extents] = window.input as [number, number, number];
    const [height, width] = needsPad ? extents.map((n, axis) => n + pads[axis]![0] + pads[axis]![1]) : extents;
    const [b, , , , c] = dy.shape;
    const steps = Math.ceil(depth / depthStride);
    const slicesOf = (remainder: number) =>
      meetings(window)
        .filter(({ from }) => from % depthStride === remainder)
        .map(({ plane, from, to, count }) =>
          tf.tidy(() => {
            const dys = asImages(takeSlices(dy, to, count, 1));
            const inputShape = [dys.shape[0], height, width, c];
            const attributes = { strides: stride, pad: spelled, dilations: 1, dimRoundingMode: null, inputShape };
            const dx = run('DepthwiseConv2dNativeBackpropInput', { dy: dys, filter: kernelPlane(filter, plane) }, attributes);
            return padSlices(asVolumes(dx, count), Math.floor(from / depthStride), steps);
          }),
        );
    const remainders = Array.from({ length: depthStride }, (_, remainder) =>
      tf.tidy(() => sum(slicesOf(remainder), [b, steps, height!, width!, c])),
    );
    const all = depthStride === 1 ? remainders[0]! : tf.reshape(tf.stack(remainders, 2), [b, steps * depthStride, height!, width!, c]);
    const isWhole = all.shape[1] === depth && !needsPad;
    const [top, left] = needsPad ? pads.map(([before]) => before) : [0, 0];
    return (isWhole ? all : tf.slice(all, [0, 0, top!, left!, 0], [b, depth, ...extents, c])) as tf.Tensor5D;
  },

  filterGradient(x, dy, window) {
    const { pads, needsPad, spelled } = withinPlanes(window);
    const [depth, height, width] = window.kernel as [number, number, number];
    const isBanded = needsBands(width);
    const padded = needsPad || isBanded ? padPlanes(x, pads) : x;
    const shape = [height, width, x.shape[4]];
    const gradients = new Map(
      meetings(window).map(({ plane, from, to, count }) => {
        const gradient = tf.tidy(() => {
          const images = asImages(takeSlices(padded, from, count, window.stride[0]!));
          const dys = asImages(takeSlices(dy, to, count, 1));
          const geometry = { kernel: [height, width], stride: window.stride[1]!, pad: spelled } as const;
          return tf.reshape(isBanded ? gradientInBands(images, dys, geometry) : planeGradient(images, dys, geometry), shape);
        });
        return [plane, gradient] as const;
      }),
    );
    return tf.stack(Array.from({ length: depth }, (_, plane) => gradients.get(plane) ?? tf.zeros(shape))) as tf.Tensor4D;
  },
};

/** Whether the backend has two-dimensional depthwise convolution with its gradients. */
export function hasPlaneKernels(): boolean {
  return tf.getKernel('DepthwiseConv2dNativeBackpropFilter', tf.getBackend()) !== undefined;
}

/** A plane of the kernel and the depth slices that it meets: `count` of the input, from `from` on by the stride, go into as many of the output. */
interface Meeting {
  readonly plane: number;
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Planes that meet padding only are left out. */
function meetings({ input, kernel, stride, pads, output }: DepthwiseWindow): Meeting[] {
  const [depth, planes, step, [front], slices] = [input[0]!, kernel[0]!, stride[0]!, pads[0]!, output[0]!];
  return Array.from({ length: planes }, (_, plane) => {
    const to = Math.max(0, Math.ceil((front - plane) / step));
    const last = Math.min(slices - 1, Math.floor((depth - 1 + front - plane) / step));
    return { plane, from: to * step + plane - front, to, count: last - to + 1 };
  }).filter(({ count }) => count > 0);
}

function withinPlanes({ input, kernel, stride, pads }: DepthwiseWindow): SpelledWindow {
  const [inPlane, padding] = [(values: readonly number[]) => values.slice(1), pads.slice(1)];
  const window = spellPadding({ input: inPlane(input), kernel: inPlane(kernel), stride: inPlane(stride), padding });
  return { ...window, pads: padding };
}

interface PlaneGeometry {
  readonly kernel: readonly [number, number];
  readonly stride: number;
  readonly pad: 'same' | 'valid';
}

/** The filter's gradient in two dimensions, `[kh, kw, c, 1]`. */
function planeGradient(x: tf.Tensor4D, dy: tf.Tensor4D, { kernel, stride, pad }: PlaneGeometry): tf.Tensor {
  const attributes = { strides: stride, dilations: 1, pad, dimRoundingMode: null, filterShape: [...kernel, x.shape[3], 1] };
  return run('DepthwiseConv2dNativeBackpropFilter', { x, dy }, attributes);
}

/**
 * The same of a padded input, for three of the kernel's columns at a time: oneDNN takes five times as long, and more, for wider kernels (0.5 against
 * 5.3 ms for 5x3 and 5x5 over 8x16x16x240).
 */
function gradientInBands(x: tf.Tensor4D, dy: tf.Tensor4D, { kernel: [height, width], stride }: PlaneGeometry): tf.Tensor {
  const [n, rows, , c] = x.shape;
  const bands = Array.from({ length: Math.ceil(width / 3) }, (_, i) => {
    const columns = Math.min(3, width - 3 * i);
    const under = tf.slice(x, [0, 0, 3 * i, 0], [n, rows, (dy.shape[2] - 1) * stride + columns, c]);
    return planeGradient(under, dy, { kernel: [height, columns], stride, pad: 'valid' });
  });
  return tf.concat(bands, 1);
}

function needsBands(columns: number): boolean {
  const raw = rawOps();
  return raw !== undefined && !raw.usesGpu && columns > 3;
}

function takeSlices(x: tf.Tensor5D, from: number, count: number, step: number): tf.Tensor5D {
  const [b, depth, h, w, c] = x.shape;
  if (count === depth) return x;
  if (step === 1) return tf.slice(x, [0, from, 0, 0, 0], [b, count, h, w, c]);
  const slices = Array.from({ length: count }, (_, i) => from + i * step);
  return tf.gather(x, tf.tensor1d(slices, 'int32'), 1); // TensorFlow's StridedSlice takes 50 times as long
}

/** Puts slices at `at` among `depth` of them, the others zero. */
function padSlices(x: tf.Tensor5D, at: number, depth: number): tf.Tensor5D {
  const count = x.shape[1];
  return count === depth ? x : tf.pad(x, [[0, 0], [at, depth - at - count], [0, 0], [0, 0], [0, 0]]); // prettier-ignore
}

function padPlanes(x: tf.Tensor5D, [rows, columns]: SpelledWindow['pads']): tf.Tensor5D {
  return tf.pad(x, [[0, 0], [0, 0], [...rows!] as [number, number], [...columns!] as [number, number], [0, 0]]); // prettier-ignore
}

/** `[b, d, h, w, c] -> [b d, h, w, c]` */
function asImages(x: tf.Tensor5D): tf.Tensor4D {
  const [b, d, h, w, c] = x.shape;
  return tf.reshape(x, [b * d, h, w, c]);
}

/** `[b d, h, w, c] -> [b, d, h, w, c]` */
function asVolumes(x: tf.Tensor, depth: number): tf.Tensor5D {
  const [images, h, w, c] = x.shape as [number, number, number, number];
  return tf.reshape(x, [images / depth, depth, h, w, c]);
}

/** `[kd, kh, kw, c] -> [kh, kw, c, 1]` */
function kernelPlane(filter: tf.Tensor4D, plane: number): tf.Tensor4D {
  const [, kh, kw, c] = filter.shape;
  return tf.reshape(tf.slice(filter, [plane, 0, 0, 0], [1, kh, kw, c]), [kh, kw, c, 1]);
}

function sum(terms: readonly tf.Tensor5D[], shape: readonly number[]): tf.Tensor5D {
  if (terms.length > 1) return tf.addN([...terms]);
  return terms[0] ?? tf.zeros(shape as [number, number, number, number, number]);
}

function run(kernel: string, inputs: Readonly<Record<string, tf.Tensor>>, attributes: object): tf.Tensor {
  return tf.engine().runKernel(kernel, { ...inputs }, attributes as tf.NamedAttrMap);
}
