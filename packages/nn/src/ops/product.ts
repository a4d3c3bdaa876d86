import * as tf from '@tensorflow/tfjs';
import { BFLOAT16 } from '../backend/bfloat16.js';
import { rawAttributes, type RawAttribute, type RawOps } from '../backend/rawOps.js';
import type { Precision } from '../precision.js';
import { toBfloat16, toFloat32 } from './cast.js';

/** How two matrices are multiplied. */
export interface ProductOptions {
  /** Which of them are taken transposed; nothing is copied for it. */
  readonly transposed?: 'a' | 'b';
  /** `float32` by default; in `bfloat16` half the time, factors and result rounded. The result is float32 in both. */
  readonly precision?: Precision;
}

/** The product of two matrices on the native backend, without a gradient: a tenth faster than the product of batches of one, which tfjs takes. */
export function product(raw: RawOps, a: tf.Tensor, b: tf.Tensor, { transposed, precision = 'float32' }: ProductOptions = {}): tf.Tensor {
  return tf.tidy(() => {
    const factors = inPrecision([a, b], precision);
    const attributes = [
      typeIn(raw, precision),
      rawAttributes.bool(raw, 'transpose_a', transposed === 'a'),
      rawAttributes.bool(raw, 'transpose_b', transposed === 'b'),
    ];
    return toFloat32(raw, raw.run('MatMul', attributes, factors, 1)[0]!);
  });
}

/** Tensors in the precision in which they are to be multiplied. */
export function inPrecision(tensors: readonly tf.Tensor[], precision: Precision): tf.Tensor[] {
  return precision === 'bfloat16' ? tensors.map(toBfloat16) : [...tensors];
}

/** The type of what is multiplied, as an operation's attribute. */
export function typeIn(raw: RawOps, precision: Precision): RawAttribute {
  const float32 = rawAttributes.type(raw);
  return precision === 'bfloat16' ? { ...float32, value: BFLOAT16 } : float32;
}
