import { sumOfSquares } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';

/** A bound on gradients, as data. */
export interface ClipConfig {
  /** `norm` shortens all gradients together to a norm of at most `limit`; `value` bounds each number to `[-limit, limit]`. */
  readonly kind: 'norm' | 'value';
  /** Above 0. */
  readonly limit: number;
}

/**
 * PyTorch's `clip_grad_norm_` (of the 2-norm over all gradients together, `limit / (norm + 1e-6)` at most 1) and `clip_grad_value_`.
 *
 * @param gradients - stay the caller's
 * @returns new tensors, the caller's
 */
export function clipGradients(gradients: readonly tf.Tensor[], { kind, limit }: ClipConfig): tf.Tensor[] {
  return tf.tidy(() => {
    if (kind === 'value') return gradients.map((gradient) => tf.clipByValue(gradient, -limit, limit));
    const norm = tf.sqrt(tf.addN(gradients.map(sumOfSquares)));
    const factor = tf.minimum(tf.div(limit, tf.add(norm, 1e-6)), 1);
    return gradients.map((gradient) => tf.mul(gradient, factor));
  });
}
