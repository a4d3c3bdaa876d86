import * as tf from '@tensorflow/tfjs';
import { isBfloat16 } from '../backend/bfloat16.js';
import { rawAttributes, rawOps } from '../backend/rawOps.js';

/** The sum of two tensors of one shape; of two in bfloat16 in bfloat16. On the native backend nothing is kept for the gradient, where tfjs keeps both. */
export function sum(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const raw = rawOps();
  if (!raw || isBfloat16(raw, a) !== isBfloat16(raw, b)) return tf.add(a, b);
  if (!tf.getKernel(KERNEL, 'tensorflow')) register();
  return tf.engine().runKernel(KERNEL, { a, b });
}

const KERNEL = 'MgmtSum';

function register(): void {
  tf.registerKernel({
    kernelName: KERNEL,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs }) => {
      const raw = rawOps()!;
      return raw.run('AddV2', [rawAttributes.typeOf(raw, inputs['a']!)], [inputs['a']!, inputs['b']!], 1)[0]!;
    },
  });
  tf.registerGradient({ kernelName: KERNEL, gradFunc: (dy) => ({ a: () => dy as tf.Tensor, b: () => dy as tf.Tensor }) });
}
