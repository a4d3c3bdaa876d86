import * as tf from '@tensorflow/tfjs';
import { rawAttributes, rawOps } from '../backend/rawOps.js';
import { toFloat32 } from './cast.js';

/**
 * `x sigmoid(x)`, any shape. Only `x` is kept for the gradient: half of the composition's memory, and half its time.
 *
 * @remarks Ramachandran et al. 2017, arXiv:1710.05941; PyTorch's SiLU.
 */
export function swish(x: tf.Tensor): tf.Tensor {
  const op = tf.customGrad((input, save) => {
    const at = input as tf.Tensor;
    (save as tf.GradSaveFunc)([at]);
    return {
      value: timesSigmoid(at, at),
      gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) => {
        const gate = tf.sigmoid(saved!);
        return tf.add(tf.mul(dy, gate), tf.mul(saved!, sigmoidGradient(gate, dy)));
      },
    };
  });
  return op(x);
}

/** `factor sigmoid(x)`: of softplus the gradient, which TensorFlow has as one operation. */
function timesSigmoid(factor: tf.Tensor, x: tf.Tensor): tf.Tensor {
  const raw = rawOps();
  if (!raw) return tf.mul(factor, tf.sigmoid(x));
  return tf.tidy(() => raw.run('SoftplusGrad', [rawAttributes.type(raw)], [toFloat32(raw, factor), toFloat32(raw, x)], 1)[0]!);
}

/** The gradient of a sigmoid by its result: `dy y (1 - y)`. */
function sigmoidGradient(y: tf.Tensor, dy: tf.Tensor): tf.Tensor {
  const raw = rawOps();
  return raw ? raw.run('SigmoidGrad', [rawAttributes.type(raw)], [y, toFloat32(raw, dy)], 1)[0]! : tf.mul(dy, tf.mul(y, tf.sub(1, y)));
}
