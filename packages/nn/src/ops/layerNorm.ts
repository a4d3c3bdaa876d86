import * as tf from '@tensorflow/tfjs';
import { rawOps } from '../backend/rawOps.js';

/**
 * Normalizes each row by its own mean and variance (biased): `scale (x - mean) / sqrt(variance + epsilon) + offset`.
 *
 * @param x - `[..., d]`, any rank from 2
 * @param scale - `[d]`
 * @param offset - `[d]`
 * @remarks Ba et al. 2016, arXiv:1607.06450. On the native backend the gradient is written by hand, from the normalized rows: 9 ms there and back for
 * 516 x 2048 on one core, where tfjs's takes 19 and `FusedBatchNormV3` on a turned view 10.
 */
export function layerNormalization(x: tf.Tensor, scale: tf.Tensor1D, offset: tf.Tensor1D, epsilon: number): tf.Tensor {
  return rawOps() ? fused(x, scale, offset, epsilon) : composed(x, scale, offset, epsilon);
}

/** The plain form: the fallback, and what the fused one is tested against. */
export function composed(x: tf.Tensor, scale: tf.Tensor1D, offset: tf.Tensor1D, epsilon: number): tf.Tensor {
  return tf.add(tf.mul(normalize(x, epsilon).normalized, scale), offset);
}

function normalize(x: tf.Tensor, epsilon: number) {
  const centered = tf.sub(x, tf.mean(x, -1, true));
  const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centered), -1, true), epsilon)); // [..., 1]
  return { normalized: tf.mul(centered, inverse), inverse };
}

function fused(x: tf.Tensor, scale: tf.Tensor1D, offset: tf.Tensor1D, epsilon: number): tf.Tensor {
  if (!tf.getKernel(KERNEL, 'tensorflow')) register();
  const [y]: tf.Tensor[] = tf.engine().runKernel(KERNEL, { x, scale, offset }, { epsilon });
  return y!;
}

const KERNEL = 'MgmtLayerNorm';

function register(): void {
  tf.registerKernel({
    kernelName: KERNEL,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs }) =>
      tf.tidy(() => {
        const { x, scale, offset } = inputs as Record<'x' | 'scale' | 'offset', tf.Tensor>;
        const { normalized, inverse } = normalize(x, attrs!['epsilon'] as number);
        return [tf.add(tf.mul(normalized, scale), offset), normalized, inverse];
      }),
  });
  tf.registerGradient({
    kernelName: KERNEL,
    inputsToSave: ['scale'],
    outputsToSave: [false, true, true],
    gradFunc: (dys, [scale, normalized, inverse]) => {
      const [dy] = dys as unknown as tf.Tensor[];
      return {
        x: () => inputGradient(tf.mul(dy!, scale!), normalized!, inverse!),
        scale: () => overRows(tf.mul(dy!, normalized!)),
        offset: () => overRows(dy!),
      };
    },
  });
}

/** What of a row's gradient is along the row itself, or all ones, changes nothing. */
function inputGradient(dNormalized: tf.Tensor, normalized: tf.Tensor, inverse: tf.Tensor): tf.Tensor {
  const along = tf.mean(tf.mul(dNormalized, normalized), -1, true);
  return tf.mul(tf.sub(tf.sub(dNormalized, tf.mean(dNormalized, -1, true)), tf.mul(normalized, along)), inverse);
}

/** The sum over all axes but the last. */
function overRows(x: tf.Tensor): tf.Tensor {
  return tf.sum(tf.reshape(x, [-1, x.shape.at(-1)!]), 0);
}
