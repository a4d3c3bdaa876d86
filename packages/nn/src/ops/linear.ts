import * as tf from '@tensorflow/tfjs';
import { rawOps } from '../backend/rawOps.js';
import { currentPrecision, type Precision } from '../precision.js';
import { product } from './product.js';

/**
 * `x W` over the last axis: `[..., in]` and `[in, out]` to `[..., out]`. The gradient of either is computed only where something asks for it. Of tokens (rank
 * 3 and more) the products are taken in the current precision; the logits of a head stay float32.
 *
 * @param x - any rank from 2
 */
export function linear(x: tf.Tensor, weight: tf.Tensor2D): tf.Tensor {
  const [inputs, outputs] = weight.shape;
  const rows = tf.reshape(x, [-1, inputs]) as tf.Tensor2D;
  const y = rawOps() ? fused(rows, weight, x.rank > 2 ? currentPrecision() : 'float32') : tf.matMul(rows, weight);
  return tf.reshape(y, [...x.shape.slice(0, -1), outputs]);
}

function fused(x: tf.Tensor2D, weight: tf.Tensor2D, precision: Precision): tf.Tensor {
  if (!tf.getKernel(KERNEL, 'tensorflow')) register();
  return tf.engine().runKernel(KERNEL, { x, weight }, { precision });
}

const KERNEL = 'MgmtLinear';

function register(): void {
  const precisionOf = (attrs: unknown) => (attrs as { readonly precision: Precision }).precision;
  tf.registerKernel({
    kernelName: KERNEL,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs }) =>
      product(rawOps()!, inputs['x'] as tf.Tensor, inputs['weight'] as tf.Tensor, { precision: precisionOf(attrs) }),
  });
  tf.registerGradient({
    kernelName: KERNEL,
    inputsToSave: ['x', 'weight'],
    gradFunc: (dy, [x, weight], attrs) => ({
      x: () => product(rawOps()!, dy as tf.Tensor, weight!, { transposed: 'b', precision: precisionOf(attrs) }),
      weight: () => product(rawOps()!, x!, dy as tf.Tensor, { transposed: 'a', precision: precisionOf(attrs) }),
    }),
  });
}
