import { MgmtError } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { rawAttributes, rawOps, type RawOps } from './backend/rawOps.js';
import { BFLOAT16 } from './backend/bfloat16.js';

/** In what layers compute: `bfloat16` has float32's range with 8 bits of precision, half the memory, and its own instructions on newer processors. */
export type Precision = 'float32' | 'bfloat16';

/**
 * Runs a network in a precision. Under `bfloat16` convolutions, and what lies between them, compute and keep bfloat16 where they have it, and products of
 * tokens with weights compute in it; weights, their gradients and the statistics of norms stay float32. Take it around the forward pass of training, as
 * PyTorch's autocast.
 *
 * @param action - not async
 * @throws `MgmtError` `nn/no-bfloat16` where the backend does not have it
 * @example
 * const { loss, gradients } = lossAndGradients(variables, () =>
 *   withPrecision('bfloat16', () => sigmoidCrossEntropy(model.apply(images, { training: true }) as tf.Tensor, labels)),
 * );
 */
export function withPrecision<T>(precision: Precision, action: () => T): T {
  if (precision === 'bfloat16' && !hasBfloat16()) {
    throw new MgmtError('this backend does not compute in bfloat16', {
      code: 'nn/no-bfloat16',
      expected: "TensorFlow (the backend 'tensorflow') on a processor with AVX-512",
      found: tf.getBackend(),
      hint: "take the precision 'float32'",
    });
  }
  const before = current;
  current = precision;
  try {
    return action();
  } finally {
    current = before;
  }
}

let current: Precision = 'float32';

/** What the layers that are called now shall compute in. */
export const currentPrecision = (): Precision => current;

/** Whether the current backend convolves in bfloat16; tried once. */
export function hasBfloat16(): boolean {
  const raw = rawOps();
  if (!raw) return false;
  let known = tried.get(raw);
  if (known === undefined) {
    known = canConvolve(raw);
    tried.set(raw, known);
  }
  return known;
}

const tried = new WeakMap<RawOps, boolean>();

function canConvolve(raw: RawOps): boolean {
  return tf.tidy(() => {
    try {
      const half = (values: number[]) =>
        raw.run(
          'Cast',
          [{ ...rawAttributes.type(raw, 'SrcT') }, { ...rawAttributes.type(raw, 'DstT'), value: BFLOAT16 }],
          [tf.tensor4d(values, [1, values.length, 1, 1])],
          1,
        )[0]!;
      const attributes = [
        { ...rawAttributes.type(raw), value: BFLOAT16 },
        rawAttributes.integers(raw, 'strides', [1, 1, 1, 1]),
        rawAttributes.text(raw, 'padding', 'VALID'),
      ];
      const [y] = raw.run('Conv2D', attributes, [half([1, 2, 3]), half([2])], 1);
      return y!.dataSync().join() === '2,4,6';
    } catch {
      return false;
    }
  });
}
