import { MgmtError } from '@mgmt/core';
import type * as tf from '@tensorflow/tfjs';
import { type FloatArray, readTensor } from './floatArray.js';

/** Options of {@link attentionRollout}. */
export interface AttentionRolloutOptions {
  /** How a layer's heads become one: their mean (by default, as in the paper), largest or smallest weight. */
  readonly heads?: 'mean' | 'max' | 'min';
}

/**
 * Attention rollout: how much each token behind the last layer draws on each token of the first, along all paths through the layers and past them.
 * Heads are joined, half of every layer's attention is the token itself (the residual connection), rows are brought to 1, and the layers multiplied.
 *
 * @param attentions - one a layer from first to last, `[b, heads, n, n]`: row `i` holds what token `i` takes from all; tensors stay the caller's
 * @returns `[b, n, n]`, rows adding up to 1
 * @throws `MgmtError` `interpret/bad-attention` where there is no layer, or shapes differ
 * @remarks Abnar & Zuidema 2020, arXiv:2005.00928, section 3.
 * @example
 * const rollout = await attentionRollout([first, second]);
 * rollout.shape; // [1, 5, 5]
 */
export async function attentionRollout(
  attentions: readonly (FloatArray | tf.Tensor)[],
  { heads = 'mean' }: AttentionRolloutOptions = {},
): Promise<FloatArray> {
  check(attentions);
  const [batch, , n] = attentions[0]!.shape as unknown as [number, number, number, number];
  let rollout: Float64Array | undefined; // [b, n, n]
  for (const attention of attentions) {
    const layer = withResidual('dataId' in attention ? await readTensor(attention) : attention, heads);
    rollout = rollout ? multiply(layer, rollout, batch, n) : layer;
  }
  return { data: Float32Array.from(rollout!), shape: [batch, n, n] };
}

const JOIN = {
  mean: (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length,
  max: (values: readonly number[]) => Math.max(...values),
  min: (values: readonly number[]) => Math.min(...values),
};

/** `[b, heads, n, n]` to `[b, n, n]`: the heads joined, the token's own half added, rows brought to 1. */
function withResidual({ data, shape }: FloatArray, heads: keyof typeof JOIN): Float64Array {
  const [batch, count, n] = shape as readonly [number, number, number, number];
  const joined = new Float64Array(batch * n * n);
  for (let b = 0; b < batch; b++) {
    for (let i = 0; i < n; i++) {
      const row = joined.subarray((b * n + i) * n, (b * n + i + 1) * n);
      for (let j = 0; j < n; j++) {
        const values = Array.from({ length: count }, (_, head) => data[((b * count + head) * n + i) * n + j]!);
        row[j] = (JOIN[heads](values) + Number(i === j)) / 2;
      }
      const sum = row.reduce((total, value) => total + value, 0);
      for (let j = 0; j < n; j++) row[j]! /= sum;
    }
  }
  return joined;
}

/** The matrix products `a b`, image by image. */
function multiply(a: Float64Array, b: Float64Array, batch: number, n: number): Float64Array {
  const product = new Float64Array(batch * n * n);
  for (let image = 0; image < batch; image++) {
    const first = image * n * n;
    for (let i = 0; i < n; i++) {
      const row = product.subarray(first + i * n, first + (i + 1) * n);
      for (let k = 0; k < n; k++) {
        const factor = a[first + i * n + k]!;
        for (let j = 0; j < n; j++) row[j]! += factor * b[first + k * n + j]!;
      }
    }
  }
  return product;
}

function check(attentions: readonly (FloatArray | tf.Tensor)[]): void {
  const [first] = attentions;
  const isAttention = (shape: readonly number[]) => shape.length === 4 && shape[2] === shape[3] && shape.every((n) => n > 0);
  const likeFirst = (shape: readonly number[]) => shape[0] === first!.shape[0] && shape[2] === first!.shape[2];
  const odd = attentions.findIndex(({ shape }) => !isAttention(shape) || !likeFirst(shape));
  if (first && odd < 0) return;
  throw new MgmtError('this is no attention of a network', {
    code: 'interpret/bad-attention',
    ...(first && { where: `layer ${odd}` }),
    expected: 'one array or more [batch, heads, tokens, tokens], batch and tokens the same in all',
    found: first ? `[${attentions[odd]!.shape.join(', ')}]` : 'none',
  });
}
