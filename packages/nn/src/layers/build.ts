import * as tf from '@tensorflow/tfjs';
import { BatchNorm, type BatchNormConfig } from './BatchNorm.js';
import { Conv, type ConvConfig } from './Conv.js';
import { Dense, type DenseConfig } from './Dense.js';
import { GlobalAveragePool } from './GlobalAveragePool.js';
import { MaxPool, type MaxPoolConfig } from './MaxPool.js';
import { Relu } from './Relu.js';

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

/** A {@link BatchNorm} on `x`. */
export function batchNorm(x: Tensor, config: BatchNormConfig = {}): Tensor {
  return new BatchNorm(config).apply(x) as Tensor;
}

/** A {@link MaxPool} on `x`. */
export function maxPool(x: Tensor, config: MaxPoolConfig): Tensor {
  return new MaxPool(config).apply(x) as Tensor;
}

/** A {@link Relu} on `x`. */
export function relu(x: Tensor, config: Named = {}): Tensor {
  return new Relu({ ...config }).apply(x) as Tensor;
}

/** The sum of two tensors of one shape. */
export function add(a: Tensor, b: Tensor, config: Named = {}): Tensor {
  return tf.layers.add({ ...config }).apply([a, b]) as Tensor;
}

/** A {@link GlobalAveragePool} on `x`. */
export function globalAveragePool(x: Tensor, config: Named = {}): Tensor {
  return new GlobalAveragePool({ ...config }).apply(x) as Tensor;
}

/** All axes but the batch's as one, in C order. */
export function flatten(x: Tensor, config: Named = {}): Tensor {
  return tf.layers.flatten({ ...config }).apply(x) as Tensor;
}

/** A {@link Dense} layer on `x`. */
export function dense(x: Tensor, units: number, config: Omit<DenseConfig, 'units'> = {}): Tensor {
  return new Dense({ ...config, units }).apply(x) as Tensor;
}

/** The network from an input to an output. */
export function model(x: Tensor, y: Tensor, config: Named = {}): tf.LayersModel {
  return tf.model({ inputs: x, outputs: y, ...config });
}
