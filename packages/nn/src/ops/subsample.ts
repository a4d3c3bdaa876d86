import * as tf from '@tensorflow/tfjs';
import { rawAttributes, rawOps, type RawOps } from '../backend/rawOps.js';
import { likeType } from './cast.js';
import { reshapeRaw } from './reshape.js';
import { padRaw, sliceRaw } from './slice.js';

/**
 * Every n-th element along the spatial axes, from the first on. Native backend only.
 *
 * @param x - `[b, ..., c]`
 * @param stride - for each spatial axis
 */
export function subsample(x: tf.Tensor, stride: readonly number[]): tf.Tensor {
  if (!tf.getKernel(KERNEL, 'tensorflow')) register();
  return tf.engine().runKernel(KERNEL, { x }, { stride: [...stride] });
}

const KERNEL = 'MgmtSubsample';

function register(): void {
  tf.registerKernel({
    kernelName: KERNEL,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs }) => {
      const [raw, x, stride] = [rawOps()!, inputs['x']!, strideOf(attrs)];
      if (fits(x.shape, stride)) return firstOfCells(raw, x, stride);
      return withBounds(x.shape, stride, (bounds) => raw.run('StridedSlice', stridedAttributes(raw, x), [x, ...bounds], 1)[0]!);
    },
  });
  tf.registerGradient({
    kernelName: KERNEL,
    inputsToSave: ['x'],
    gradFunc: (given, [x], attrs) => ({
      x: () => {
        const [raw, stride] = [rawOps()!, strideOf(attrs)];
        const dy = likeType(raw, given as tf.Tensor, x!);
        if (fits(x!.shape, stride)) return backIntoCells(raw, dy, x!.shape, stride);
        const shape = tf.tensor1d(x!.shape, 'int32');
        return withBounds(
          x!.shape,
          stride,
          (bounds) => raw.run('StridedSliceGrad', stridedAttributes(raw, dy), [shape, ...bounds, dy], 1)[0]!,
        );
      },
    }),
  });
}

const strideOf = (attrs: unknown) => (attrs as { readonly stride: readonly number[] }).stride;

/** Whether the spatial axes are whole numbers of strides: then elements lie in equal cells, of which the first is a plain slice, twelve times as fast. */
const fits = (shape: readonly number[], stride: readonly number[]) => stride.every((step, i) => shape[i + 1]! % step === 0);

/** The shape that has every stride as an axis, `[b h/s, s, w/s, s c]`, and that of the first element of each. */
function cellsOf(shape: readonly number[], stride: readonly number[]) {
  const [batch, channels] = [shape[0]!, shape.at(-1)!];
  const counts = stride.map((step, i) => shape[i + 1]! / step);
  const axes = (steps: readonly number[]) => {
    const [first, ...rest] = counts.flatMap((count, i) => [count, steps[i]!]) as [number, ...number[]];
    return [batch * first, ...rest.slice(0, -1), rest.at(-1)! * channels];
  };
  return { all: axes(stride), first: axes(stride.map(() => 1)), result: [batch, ...counts, channels] };
}

function firstOfCells(raw: RawOps, x: tf.TensorInfo, stride: readonly number[]): tf.Tensor {
  const { all, first, result } = cellsOf(x.shape, stride);
  const view = reshapeRaw(raw, x, all);
  const cut = sliceRaw(raw, view, all.map(() => 0), first); // prettier-ignore
  const y = reshapeRaw(raw, cut, result);
  tf.dispose([view, cut]);
  return y;
}

function backIntoCells(raw: RawOps, dy: tf.Tensor, shape: readonly number[], stride: readonly number[]): tf.Tensor {
  const { all, first } = cellsOf(shape, stride);
  const view = reshapeRaw(raw, dy, first);
  const padded = padRaw(raw, view, all.map((n, i) => [0, n - first[i]!])); // prettier-ignore
  const dx = reshapeRaw(raw, padded, shape);
  tf.dispose([view, padded]);
  return dx;
}

/** Calls with where the slice begins, ends, and its steps. */
function withBounds(shape: readonly number[], stride: readonly number[], run: (bounds: readonly tf.Tensor[]) => tf.Tensor): tf.Tensor {
  const bounds = [shape.map(() => 0), [...shape], [1, ...stride, 1]].map((values) => tf.tensor1d(values, 'int32'));
  const result = run(bounds);
  tf.dispose(bounds);
  return result;
}

function stridedAttributes(raw: RawOps, x: tf.TensorInfo) {
  const masks = ['begin_mask', 'end_mask', 'ellipsis_mask', 'new_axis_mask', 'shrink_axis_mask'];
  return [
    rawAttributes.typeOf(raw, x),
    rawAttributes.integerType(raw, 'Index'),
    ...masks.map((name) => rawAttributes.integer(raw, name, 0)),
  ];
}
