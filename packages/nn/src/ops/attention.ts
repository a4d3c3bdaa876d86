import * as tf from '@tensorflow/tfjs';
import { toHeads } from './heads.js';
import { scaledSoftmax } from './scaledSoftmax.js';

/** The weights of queries, keys and values, each `[heads size, dim]`, PyTorch's layout. */
export interface AttentionProjections {
  readonly query: tf.Tensor2D;
  readonly key: tf.Tensor2D;
  readonly value: tf.Tensor2D;
}

/** How attention runs. */
export interface AttentionOptions {
  readonly heads: number;
  /** Of the attention weights, in training; by default they stay as they are. */
  readonly drop?: (weights: tf.Tensor) => tf.Tensor;
}

/**
 * Scaled dot-product attention of every token to every token: `softmax(q k^T / sqrt(size)) v`, a head at a time.
 *
 * @param x - `[b, n, dim]`
 * @returns `[heads, b n, size]`
 * @remarks Vaswani et al. 2017, arXiv:1706.03762.
 */
export function selfAttention(x: tf.Tensor3D, projections: AttentionProjections, { heads, drop = same }: AttentionOptions): tf.Tensor3D {
  const [b, n] = x.shape;
  const size = projections.query.shape[0] / heads;
  const weights = drop(attentionWeights(x, projections, heads)); // [heads, b, n, n]
  const mixed = tf.matMul(weights, splitHeads(x, projections.value, heads)); // [heads, b, n, size]
  return tf.reshape(mixed, [heads, b * n, size]) as tf.Tensor3D;
}

/**
 * The same for the first token's query only, where no other token's is read: `(q W_k) x^T` for `q (x W_k^T)^T`, and `(weights x) W_v^T` for `weights (x
 * W_v^T)`, so that keys and values of all tokens are never made. The values are those of {@link selfAttention}; its products of all tokens with `dim x
 * heads size` weights become products of one token.
 *
 * @param x - `[b, n, dim]`
 * @returns `[heads, b, size]`
 */
export function firstTokenAttention(
  x: tf.Tensor3D,
  { query, key, value }: AttentionProjections,
  { heads, drop = same }: AttentionOptions,
): tf.Tensor3D {
  const [b, , dim] = x.shape;
  const size = query.shape[0] / heads;
  const perHead = (weight: tf.Tensor2D) => tf.reshape(weight, [heads, size, dim]) as tf.Tensor3D;
  const first = tf.reshape(tf.slice(x, [0, 0, 0], [b, 1, dim]), [b, dim]) as tf.Tensor2D;
  const lookedFor = tf.matMul(toHeads(first, query, heads), perHead(key)); // [heads, b, dim]
  const scores = tf.matMul(tf.transpose(lookedFor, [1, 0, 2]), x, false, true); // [b, heads, n]
  const weights = drop(scaledSoftmax(scores, size ** -0.5));
  const seen = tf.transpose(tf.matMul(weights, x), [1, 0, 2]); // [heads, b, dim]
  return tf.matMul(seen, perHead(value), false, true) as tf.Tensor3D;
}

/**
 * How much each token (second to last axis) looks at each (last axis): rows sum to 1.
 *
 * @param x - `[b, n, dim]`
 * @returns `[heads, b, n, n]`
 */
export function attentionWeights(x: tf.Tensor3D, { query, key }: Pick<AttentionProjections, 'query' | 'key'>, heads: number): tf.Tensor4D {
  const scores = tf.matMul(splitHeads(x, query, heads), splitHeads(x, key, heads), false, true); // [heads, b, n, n]
  return scaledSoftmax(scores, (query.shape[0] / heads) ** -0.5) as tf.Tensor4D;
}

/** `[b, n, dim]` to `[heads, b, n, size]` */
function splitHeads(x: tf.Tensor3D, weight: tf.Tensor2D, heads: number): tf.Tensor4D {
  const [b, n, dim] = x.shape;
  return tf.reshape(toHeads(tf.reshape(x, [b * n, dim]) as tf.Tensor2D, weight, heads), [
    heads,
    b,
    n,
    weight.shape[0] / heads,
  ]) as tf.Tensor4D;
}

const same = (weights: tf.Tensor) => weights;
