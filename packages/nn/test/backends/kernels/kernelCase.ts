import type { Rng } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';

/** A computation whose results, and whose gradients by some of its inputs, must be the same on every backend. */
export interface KernelCase {
  readonly name: string;
  readonly inputs: readonly TensorSpec[];
  readonly run: (...inputs: Given) => tf.Tensor | readonly tf.Tensor[];
  /** How many inputs, from the first, to differentiate the (first) result by. */
  readonly differentiate?: number;
}

/** A tensor of whatever rank the case has drawn; tfjs checks it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Drawn = any;
type Given = Drawn[];

/** Numbers of a tensor, drawn from a seed. */
export interface TensorSpec {
  readonly shape: readonly number[];
  readonly draw: (random: Rng, size: number) => Float32Array | Int32Array | Uint8Array;
  readonly dtype: 'float32' | 'int32' | 'bool';
}

/** In [-1, 1). */
export const noise = (...shape: number[]): TensorSpec => floats(shape, (random) => random.uniform(-1, 1));
/** In [0.5, 1.5). */
export const positive = (...shape: number[]): TensorSpec => floats(shape, (random) => random.uniform(0.5, 1.5));
/** All different by 0.1 at least, none near 0, in random order. */
export const ranks = (...shape: number[]): TensorSpec => ({
  shape,
  dtype: 'float32',
  draw: (random, size) =>
    Float32Array.from(random.shuffle(Array.from({ length: size }, (_, i) => i)), (rank) => (rank - Math.floor(size / 2) + 0.5) * 0.1),
});
/** Integers from 0 below a limit. */
export const below = (limit: number, ...shape: number[]): TensorSpec => ({
  shape,
  dtype: 'int32',
  draw: (random, size) => Int32Array.from({ length: size }, () => random.integer(0, limit - 1)),
});
export const truth = (...shape: number[]): TensorSpec => ({
  shape,
  dtype: 'bool',
  draw: (random, size) => Uint8Array.from({ length: size }, () => random.integer(0, 1)),
});

function floats(shape: readonly number[], next: (random: Rng) => number): TensorSpec {
  return { shape, dtype: 'float32', draw: (random, size) => Float32Array.from({ length: size }, () => next(random)) };
}

/** The tensor that a specification stands for. */
export function drawTensor({ shape, dtype, draw }: TensorSpec, random: Rng): tf.Tensor {
  return tf.tensor(draw(random, tf.util.sizeFromShape([...shape])), [...shape], dtype);
}
