import * as tf from '@tensorflow/tfjs';
import { BFLOAT16, isBfloat16 } from '../backend/bfloat16.js';
import { rawAttributes, rawOps, type RawOps } from '../backend/rawOps.js';

/** A tensor in bfloat16, rounded to nearest; itself where it is. Its gradient comes back in float32. Native backend only. */
export function toBfloat16(x: tf.Tensor): tf.Tensor {
  if (isBfloat16(rawOps(), x)) return x;
  if (!tf.getKernel(KERNEL, 'tensorflow')) register();
  return tf.engine().runKernel(KERNEL, { x });
}

const KERNEL = 'MgmtToBfloat16';

function register(): void {
  tf.registerKernel({
    kernelName: KERNEL,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs }) => castTo(rawOps()!, inputs['x']!, BFLOAT16),
  });
  tf.registerGradient({
    kernelName: KERNEL,
    gradFunc: (dy) => ({
      x: () => {
        const raw = rawOps()!;
        return castTo(raw, dy as tf.Tensor, raw.binding.TF_FLOAT);
      },
    }),
  });
}

/** A tensor with elements of the same type as another one's; itself where they are. For gradients: no gradient of its own. */
export function likeType(raw: RawOps, x: tf.Tensor, reference: tf.TensorInfo): tf.Tensor {
  return castTo(raw, x, raw.typeOf(reference));
}

/** A tensor in float32; itself where it is. For gradients: no gradient of its own. */
export function toFloat32(raw: RawOps, x: tf.Tensor): tf.Tensor {
  return castTo(raw, x, raw.binding.TF_FLOAT);
}

function castTo(raw: RawOps, x: tf.TensorInfo, code: number): tf.Tensor {
  if (raw.typeOf(x) === code) return x as tf.Tensor;
  return raw.run('Cast', [rawAttributes.typeOf(raw, x, 'SrcT'), { ...rawAttributes.type(raw, 'DstT'), value: code }], [x], 1)[0]!;
}
