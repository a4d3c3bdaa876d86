import * as tf from '@tensorflow/tfjs';
import { rawAttributes, rawOps, type RawOps } from '../backend/rawOps.js';
import { likeType } from './cast.js';
import { reshapeRaw } from './reshape.js';

/**
 * A convolution with a 1x1 window as a matrix product over all places, whose gradients are faster than a convolution's on a CPU. One kernel, so that
 * neither the views as matrices nor their gradients stand on the tape. Native backend only; both factors in the same type, which may be bfloat16.
 *
 * @param x - `[b, ..., c]`
 * @param filter - `[1, ..., c, out]`
 * @returns `[b, ..., out]`
 */
export function pointwise(x: tf.Tensor, filter: tf.Tensor): tf.Tensor {
  if (!tf.getKernel(KERNEL, 'tensorflow')) register();
  return tf.engine().runKernel(KERNEL, { x, filter });
}

const KERNEL = 'MgmtPointwise';

function register(): void {
  tf.registerKernel({
    kernelName: KERNEL,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs }) => {
      const { x, filter } = inputs as Record<'x' | 'filter', tf.TensorInfo>;
      return matrices(x, filter, [...x.shape.slice(0, -1), filter.shape.at(-1)!]); // [n, c] [c, out]
    },
  });
  tf.registerGradient({
    kernelName: KERNEL,
    inputsToSave: ['x', 'filter'],
    gradFunc: (given, [x, filter]) => {
      const dy = likeType(rawOps()!, given as tf.Tensor, x!);
      return {
        x: () => matrices(dy, filter!, x!.shape, 'b'), // [n, out] [c, out]^T
        filter: () => matrices(x!, dy, filter!.shape, 'a'), // [n, c]^T [n, out]
      };
    },
  });
}

/** The product of two tensors seen as matrices of their last axis, under a shape; without a gradient. */
export function matrices(a: tf.TensorInfo, b: tf.TensorInfo, shape: readonly number[], transposed?: 'a' | 'b'): tf.Tensor {
  const raw = rawOps()!;
  const views = [a, b].map((factor) => matrixOf(raw, factor));
  const attributes = [
    rawAttributes.typeOf(raw, a),
    rawAttributes.bool(raw, 'transpose_a', transposed === 'a'),
    rawAttributes.bool(raw, 'transpose_b', transposed === 'b'),
  ];
  const [matrix] = raw.run('MatMul', attributes, views, 1);
  const result = reshapeRaw(raw, matrix!, shape);
  tf.dispose([...views, matrix!]);
  return result;
}

function matrixOf(raw: RawOps, x: tf.TensorInfo): tf.Tensor {
  const columns = x.shape.at(-1)!;
  return reshapeRaw(raw, x, [x.shape.reduce((product, n) => product * n, 1) / columns, columns]);
}
