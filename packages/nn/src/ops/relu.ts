import * as tf from '@tensorflow/tfjs';
import { rawAttributes, rawOps } from '../backend/rawOps.js';
import { likeType } from './cast.js';

/** `max(x, 0)`. On the native backend its gradient is one operation and needs only the output; tfjs takes three and the input. */
export function rectify(x: tf.Tensor): tf.Tensor {
  const raw = rawOps();
  if (!raw) return tf.relu(x);
  if (!tf.getKernel(KERNEL, 'tensorflow')) register();
  return tf.engine().runKernel(KERNEL, { x });
}

const KERNEL = 'MgmtRelu';

function register(): void {
  tf.registerKernel({
    kernelName: KERNEL,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs }) => {
      const raw = rawOps()!;
      return raw.run('Relu', [rawAttributes.typeOf(raw, inputs['x']!)], [inputs['x']!], 1)[0]!;
    },
  });
  tf.registerGradient({
    kernelName: KERNEL,
    outputsToSave: [true],
    gradFunc: (dy, [y]) => ({
      x: () => {
        const raw = rawOps()!;
        return raw.run('ReluGrad', [rawAttributes.typeOf(raw, y!)], [likeType(raw, dy as tf.Tensor, y!), y!], 1)[0]!;
      },
    }),
  });
}
