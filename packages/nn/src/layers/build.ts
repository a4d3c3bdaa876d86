import * as tf from '@tensorflow/tfjs';
import { Add } from './Add.js';
import { AveragePool, type AveragePoolConfig } from './AveragePool.js';
import { BatchNorm, type BatchNormConfig } from './BatchNorm.js';
import { BatchToSteps, type BatchToStepsConfig } from './BatchToSteps.js';
import { Concatenate } from './Concatenate.js';
import { Conv, type ConvConfig } from './Conv.js';
import { Dense, type DenseConfig } from './Dense.js';
import { DepthwiseConv, type DepthwiseConvConfig } from './DepthwiseConv.js';
import { DropConnect, type DropConnectConfig } from './DropConnect.js';
import { Dropout, type DropoutConfig } from './Dropout.js';
import { FirstToken } from './FirstToken.js';
import { Gelu } from './Gelu.js';
import { GlobalAveragePool } from './GlobalAveragePool.js';
import { GroupNorm, type GroupNormConfig } from './GroupNorm.js';
import { LayerNorm, type LayerNormConfig } from './LayerNorm.js';
import { Lstm, type LstmConfig } from './Lstm.js';
import { MaxPool, type MaxPoolConfig } from './MaxPool.js';
import { MultiHeadAttention, type MultiHeadAttentionConfig } from './MultiHeadAttention.js';
import { Multiply } from './Multiply.js';
import { Patches, type PatchesConfig } from './Patches.js';
import { Relu } from './Relu.js';
import { Sigmoid } from './Sigmoid.js';
import { StepsToBatch } from './StepsToBatch.js';
import { Swish } from './Swish.js';

type Tensor = tf.SymbolicTensor;

/** The name of a layer where nothing else is set. */
export interface Named {
  readonly name?: string;
}

/** The input of a network, without the batch axis: `[h, w, c]` or `[d, h, w, c]`. */
export function input(shape: readonly number[], { name = 'input' }: Named = {}): Tensor {
  return tf.input({ shape: [...shape], name });
}

/** A {@link Conv} on `x`. */
export function conv(x: Tensor, filters: number, config: Omit<ConvConfig, 'filters'>): Tensor {
  return new Conv({ ...config, filters }).apply(x) as Tensor;
}

/** A {@link DepthwiseConv} on `x`. */
export function depthwiseConv(x: Tensor, config: DepthwiseConvConfig): Tensor {
  return new DepthwiseConv(config).apply(x) as Tensor;
}

/** A {@link BatchNorm} on `x`. */
export function batchNorm(x: Tensor, config: BatchNormConfig = {}): Tensor {
  return new BatchNorm(config).apply(x) as Tensor;
}

/** A {@link GroupNorm} on `x`. */
export function groupNorm(x: Tensor, config: GroupNormConfig): Tensor {
  return new GroupNorm(config).apply(x) as Tensor;
}

/** A {@link MaxPool} on `x`. */
export function maxPool(x: Tensor, config: MaxPoolConfig): Tensor {
  return new MaxPool(config).apply(x) as Tensor;
}

/** An {@link AveragePool} on `x`. */
export function averagePool(x: Tensor, config: AveragePoolConfig): Tensor {
  return new AveragePool(config).apply(x) as Tensor;
}

/** A {@link Relu} on `x`. */
export function relu(x: Tensor, config: Named = {}): Tensor {
  return new Relu({ ...config }).apply(x) as Tensor;
}

/** A {@link Swish} on `x`. */
export function swish(x: Tensor, config: Named = {}): Tensor {
  return new Swish({ ...config }).apply(x) as Tensor;
}

/** A {@link Sigmoid} on `x`. */
export function sigmoid(x: Tensor, config: Named = {}): Tensor {
  return new Sigmoid({ ...config }).apply(x) as Tensor;
}

/** `x` times a factor that is broadcast to it: a {@link Multiply}. */
export function multiply(x: Tensor, factor: Tensor, config: Named = {}): Tensor {
  return new Multiply({ ...config }).apply([x, factor]) as Tensor;
}

/** An {@link Add} of two tensors of one shape. */
export function add(a: Tensor, b: Tensor, config: Named = {}): Tensor {
  return new Add({ ...config }).apply([a, b]) as Tensor;
}

/** A {@link Concatenate} of two tensors or more. */
export function concatenate(tensors: readonly Tensor[], config: Named = {}): Tensor {
  return new Concatenate({ ...config }).apply([...tensors]) as Tensor;
}

/** A {@link Dropout} on `x`. */
export function dropout(x: Tensor, config: DropoutConfig): Tensor {
  return new Dropout(config).apply(x) as Tensor;
}

/** A {@link DropConnect} on `x`. */
export function dropConnect(x: Tensor, config: DropConnectConfig): Tensor {
  return new DropConnect(config).apply(x) as Tensor;
}

/** An {@link Lstm} over a sequence `[b, steps, features]`. */
export function lstm(x: Tensor, config: LstmConfig): Tensor {
  return new Lstm(config).apply(x) as Tensor;
}

/** {@link StepsToBatch} on `x`. */
export function stepsToBatch(x: Tensor, config: Named = {}): Tensor {
  return new StepsToBatch({ ...config }).apply(x) as Tensor;
}

/** {@link BatchToSteps} on `x`. */
export function batchToSteps(x: Tensor, config: BatchToStepsConfig): Tensor {
  return new BatchToSteps(config).apply(x) as Tensor;
}

/** A {@link GlobalAveragePool} on `x`. */
export function globalAveragePool(x: Tensor, config: Named = {}): Tensor {
  return new GlobalAveragePool({ ...config }).apply(x) as Tensor;
}

/** The same elements of each sample with other axes, `shape` without the batch's. */
export function reshape(x: Tensor, shape: readonly number[], config: Named = {}): Tensor {
  return tf.layers.reshape({ ...config, targetShape: [...shape] }).apply(x) as Tensor;
}

/** All axes but the batch's as one, in C order. */
export function flatten(x: Tensor, config: Named = {}): Tensor {
  return tf.layers.flatten({ ...config }).apply(x) as Tensor;
}

/** A {@link Dense} layer on `x`. */
export function dense(x: Tensor, units: number, config: Omit<DenseConfig, 'units'> = {}): Tensor {
  return new Dense({ ...config, units }).apply(x) as Tensor;
}

/** A {@link LayerNorm} on `x`. */
export function layerNorm(x: Tensor, config: LayerNormConfig = {}): Tensor {
  return new LayerNorm(config).apply(x) as Tensor;
}

/** A {@link Gelu} on `x`. */
export function gelu(x: Tensor, config: Named = {}): Tensor {
  return new Gelu({ ...config }).apply(x) as Tensor;
}

/** A {@link Patches} on `x`. */
export function patches(x: Tensor, config: PatchesConfig): Tensor {
  return new Patches(config).apply(x) as Tensor;
}

/** A {@link MultiHeadAttention} on `x`. */
export function multiHeadAttention(x: Tensor, config: MultiHeadAttentionConfig): Tensor {
  return new MultiHeadAttention(config).apply(x) as Tensor;
}

/** A {@link FirstToken} of `x`. */
export function firstToken(x: Tensor, config: Named = {}): Tensor {
  return new FirstToken({ ...config }).apply(x) as Tensor;
}

/** The network from an input, or several, to an output. */
export function model(x: Tensor | readonly Tensor[], y: Tensor, config: Named = {}): tf.LayersModel {
  return tf.model({ inputs: x as Tensor | Tensor[], outputs: y, ...config });
}
