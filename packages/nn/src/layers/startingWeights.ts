import { rng } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { rawOps } from '../backend/rawOps.js';
import { tensorId } from '../backend/resourceVariable.js';
import { normals } from './normals.js';
import { uniforms } from './uniforms.js';

/** How a weight starts, by the names of PyTorch's forms. `uniform` is what its convolutions and linear layers take unless told otherwise. */
export type WeightStart = 'kaiming' | 'kaiming-in' | 'normal' | 'uniform' | 'zeros';

/** What the numbers of a weight are drawn from. */
export interface WeightDraw {
  readonly start: WeightStart;
  /** The model's. */
  readonly seed: number | string;
  /** `layer1.0.conv1/weight`: the same path gives the same numbers, whatever else the model holds. */
  readonly path: string;
  /** Inputs that one output sums over. */
  readonly fanIn: number;
  /** Outputs that one input reaches. */
  readonly fanOut: number;
}

type Initializer = ReturnType<typeof tf.initializers.ones>;

/**
 * An initializer that draws in JavaScript from the seed, so that a model starts from the same numbers on every backend and machine.
 *
 * `kaiming`: normal, deviation `sqrt(2 / fanOut)` (He et al. 2015, arXiv:1502.01852), `kaiming-in`: `sqrt(2 / fanIn)`; `normal`:
 * deviation 1; `uniform`: `+-1 / sqrt(fanIn)`.
 */
export function startingWeights(draw: WeightDraw): Initializer {
  return {
    apply: (shape) => {
      const values = valuesOf(draw, tf.util.sizeFromShape(shape as number[]));
      const tensor = tf.tensor(values, shape as number[], 'float32');
      const raw = rawOps();
      if (raw) tensorId(raw, tensor); // handed to TensorFlow now: until its first use a large network would lie in memory twice
      return tensor;
    },
    fromConfigUsesCustomObjects: () => false,
    getClassName: () => 'MgmtStartingWeights',
    getConfig: () => ({ ...draw }),
  };
}

function valuesOf({ start, seed, path, fanIn, fanOut }: WeightDraw, count: number): Float32Array {
  const random = rng(seed).child(path);
  switch (start) {
    case 'kaiming':
    case 'kaiming-in': {
      const deviation = Math.sqrt(2 / (start === 'kaiming' ? fanOut : fanIn));
      const values = normals(random, count);
      for (let i = 0; i < count; i++) values[i]! *= deviation;
      return values;
    }
    case 'normal':
      return normals(random, count);
    case 'uniform':
      return uniforms(random, count, 1 / Math.sqrt(fanIn));
    case 'zeros':
      return new Float32Array(count);
    default:
      return start satisfies never;
  }
}
