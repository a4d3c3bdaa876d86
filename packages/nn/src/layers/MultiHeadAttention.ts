import * as tf from '@tensorflow/tfjs';
import { addBias } from '../ops/addBias.js';
import {
  attentionWeights,
  firstTokenAttention,
  selfAttention,
  type AttentionOptions,
  type AttentionProjections,
} from '../ops/attention.js';
import { dropped } from '../ops/dropout.js';
import { besides, fromHeads } from '../ops/heads.js';
import { only } from './Conv.js';
import { LayerRandom, type DrawingLayer } from './layerRandom.js';
import type { PytorchNamed, PytorchSlot } from './pytorchSlots.js';
import { stackedWeight } from './stackedWeight.js';
import { startingWeights } from './startingWeights.js';

/** A multi-head attention's settings, plain data. */
export interface MultiHeadAttentionConfig {
  /** Also its module name in PyTorch's files, and the path of its draws in the seed's stream. */
  readonly name?: string;
  readonly heads: number;
  /** Features of a query, a key and a value in each head; `heads headDim` need not be the tokens' own. */
  readonly headDim: number;
  /** Whose outputs are wanted: of all tokens by default, or of the first alone, which costs a fraction. */
  readonly queries?: 'all' | 'first';
  /** Whether the heads are projected back to the tokens' features, with a bias: true by default. */
  readonly projectOut?: boolean;
  /** The share of the attention weights that training drops: 0 by default. */
  readonly dropout?: number;
  /** 0 by default. */
  readonly seed?: number | string;
}

/**
 * Attention of each token to all: `[b, n, dim]` to `[b, n, dim]`, or `[b, 1, dim]` of the first token's query alone. Queries, keys and values have no
 * bias. Weights are named as in vit-pytorch, `to_qkv` and `to_out.0`, and start as PyTorch's linear layers.
 *
 * @remarks Vaswani et al. 2017, arXiv:1706.03762.
 */
export class MultiHeadAttention extends tf.layers.Layer implements PytorchNamed, DrawingLayer {
  static readonly className = 'MgmtMultiHeadAttention';
  readonly layerRandom: LayerRandom;
  private readonly config: Required<Omit<MultiHeadAttentionConfig, 'name'>>;
  private own: Record<keyof AttentionProjections, tf.LayerVariable> | undefined;
  private out: Record<'weight' | 'bias', tf.LayerVariable> | undefined;

  constructor({ name, heads, headDim, queries = 'all', projectOut = true, dropout = 0, seed = 0 }: MultiHeadAttentionConfig) {
    super(name === undefined ? {} : { name });
    this.config = { heads, headDim, queries, projectOut, dropout, seed };
    this.layerRandom = new LayerRandom(seed, this.name);
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const dim = (inputShape as number[]).at(-1)!;
    const { heads, headDim, projectOut, seed } = this.config;
    const inner = heads * headDim;
    const weight = (name: string, shape: number[], fanIn: number) =>
      this.addWeight(name, shape, 'float32', startingWeights({ seed, start: 'uniform', path: `${this.name}/${name}`, fanIn, fanOut: 1 }));
    this.own = {
      query: weight('to_q', [inner, dim], dim),
      key: weight('to_k', [inner, dim], dim),
      value: weight('to_v', [inner, dim], dim),
    };
    if (projectOut) this.out = { weight: weight('to_out', [inner, dim], inner), bias: weight('to_out_bias', [dim], inner) };
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { readonly training?: boolean }): tf.Tensor {
    return tf.tidy(() => {
      const x = only(inputs) as tf.Tensor3D;
      const attend = this.config.queries === 'first' ? firstTokenAttention : selfAttention;
      const attended = attend(x, this.projections(), this.options(kwargs?.training === true)); // [heads, b n, headDim] or [heads, b, headDim]
      const rows = this.out ? addBias(fromHeads(attended, this.out.weight.read() as tf.Tensor2D), this.out.bias.read()) : besides(attended);
      return tf.reshape(rows, [x.shape[0], -1, rows.shape[1]!]);
    });
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [b, n, dim] = inputShape as [number | null, number, number];
    const { heads, headDim, queries, projectOut } = this.config;
    return [b, queries === 'first' ? 1 : n, projectOut ? dim : heads * headDim];
  }

  /**
   * How much each token looks at each, without dropout, of all tokens whatever `queries` says: rows (second to last axis) sum to 1.
   *
   * @param x - the layer's input, `[b, n, dim]`
   * @returns `[b, heads, n, n]`
   */
  attentionMaps(x: tf.Tensor): tf.Tensor4D {
    return tf.tidy(() => tf.transpose(attentionWeights(x as tf.Tensor3D, this.projections(), this.config.heads), [1, 0, 2, 3]));
  }

  /** The weights, in PyTorch's order. */
  pytorchSlots(): readonly PytorchSlot[] {
    const { query, key, value } = this.own!;
    const slots: PytorchSlot[] = [{ name: 'to_qkv.weight', layout: 'vector', weight: stackedWeight([query, key, value]) }];
    if (!this.out) return slots;
    const { weight, bias } = this.out;
    return [...slots, { name: 'to_out.0.weight', layout: 'linear', weight }, { name: 'to_out.0.bias', layout: 'vector', weight: bias }];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }

  private projections(): AttentionProjections {
    const { query, key, value } = this.own!;
    return { query: query.read() as tf.Tensor2D, key: key.read() as tf.Tensor2D, value: value.read() as tf.Tensor2D };
  }

  private options(training: boolean): AttentionOptions {
    const { heads, dropout: rate } = this.config;
    if (!training || rate === 0) return { heads };
    return { heads, drop: (weights) => dropped(weights, this.layerRandom.uniform(weights.shape), rate) };
  }
}
tf.serialization.registerClass(MultiHeadAttention);
