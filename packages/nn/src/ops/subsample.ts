import * as tf from '@tensorflow/tfjs';
import { rawAttributes, rawOps, type RawOps } from '../backend/rawOps.js';
import { likeType } from './cast.js';

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
      const raw = rawOps()!;
      const x = inputs['x']!;
      return withBounds(x.shape, attrs, (bounds) => raw.run('StridedSlice', attributesOf(raw, x), [x, ...bounds], 1)[0]!);
    },
  });
  tf.registerGradient({
    kernelName: KERNEL,
    inputsToSave: ['x'],
    gradFunc: (given, [x], attrs) => ({
      x: () => {
        const raw = rawOps()!;
        const dy = likeType(raw, given as tf.Tensor, x!);
        const shape = tf.tensor1d(x!.shape, 'int32');
        return withBounds(x!.shape, attrs, (bounds) => raw.run('StridedSliceGrad', attributesOf(raw, dy), [shape, ...bounds, dy], 1)[0]!);
      },
    }),
  });
}

/** Calls with where the slice begins, ends, and its steps. */
function withBounds(shape: readonly number[], attrs: unknown, run: (bounds: readonly tf.Tensor[]) => tf.Tensor): tf.Tensor {
  const { stride } = attrs as { readonly stride: readonly number[] };
  const bounds = [shape.map(() => 0), [...shape], [1, ...stride, 1]].map((values) => tf.tensor1d(values, 'int32'));
  const result = run(bounds);
  tf.dispose(bounds);
  return result;
}

function attributesOf(raw: RawOps, x: tf.TensorInfo) {
  const masks = ['begin_mask', 'end_mask', 'ellipsis_mask', 'new_axis_mask', 'shrink_axis_mask'];
  return [
    rawAttributes.typeOf(raw, x),
    rawAttributes.integerType(raw, 'Index'),
    ...masks.map((name) => rawAttributes.integer(raw, name, 0)),
  ];
}
