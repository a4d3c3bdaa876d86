import * as tf from '@tensorflow/tfjs';
import { isBfloat16 } from '../backend/bfloat16.js';
import { rawAttributes, rawOps, type RawOps } from '../backend/rawOps.js';

/** A tensor's elements under another shape; also in bfloat16, which tfjs itself would widen. */
export function reshape(x: tf.Tensor, shape: readonly number[]): tf.Tensor {
  if (!isBfloat16(rawOps(), x)) return tf.reshape(x, [...shape]);
  if (!tf.getKernel(KERNEL, 'tensorflow')) register();
  return tf.engine().runKernel(KERNEL, { x }, { shape: [...shape] });
}

/** The same without a gradient, for kernels. */
export function reshapeRaw(raw: RawOps, x: tf.TensorInfo, shape: readonly number[]): tf.Tensor {
  const sizes = tf.tensor1d([...shape], 'int32');
  const [y] = raw.run('Reshape', [rawAttributes.typeOf(raw, x), rawAttributes.integerType(raw, 'Tshape')], [x, sizes], 1);
  sizes.dispose();
  return y!;
}

const KERNEL = 'MgmtReshapeBfloat16';

function register(): void {
  tf.registerKernel({
    kernelName: KERNEL,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs }) =>
      reshapeRaw(rawOps()!, inputs['x']!, (attrs as unknown as { readonly shape: readonly number[] }).shape),
  });
  tf.registerGradient({
    kernelName: KERNEL,
    inputsToSave: ['x'],
    gradFunc: (dy, [x]) => ({ x: () => reshape(dy as tf.Tensor, x!.shape) }),
  });
}
