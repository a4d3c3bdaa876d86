import type * as tf from '@tensorflow/tfjs';
import * as nn from '../../src/index.js';

/** A layer of some config, and the shapes that it is called with. */
export interface LayerRow {
  readonly layer: () => tf.layers.Layer;
  readonly inputs: readonly (readonly number[])[];
}

const [image, volume, tokens] = [[2, 8, 6, 4], [2, 4, 6, 5, 4], [2, 5, 8]] as const; // prettier-ignore
const name = 'layer'; // the path of what it draws

/** Every layer of the package by the name of its class, with its configs that take other ways through the kernels. */
export const LAYERS: Readonly<Record<string, readonly LayerRow[]>> = {
  Add: [{ layer: () => new nn.Add({ name }), inputs: [image, image] }],
  AveragePool: [
    { layer: () => new nn.AveragePool({ name, kernel: 2 }), inputs: [image] },
    { layer: () => new nn.AveragePool({ name, kernel: 3, stride: 2, padding: 1 }), inputs: [volume] },
  ],
  BatchNorm: [
    { layer: () => new nn.BatchNorm({ name }), inputs: [image] },
    { layer: () => new nn.BatchNorm({ name }), inputs: [volume] },
  ],
  BatchToSteps: [{ layer: () => new nn.BatchToSteps({ name, steps: 3 }), inputs: [[6, 5]] }],
  ClassToken: [{ layer: () => new nn.ClassToken({ name }), inputs: [tokens] }],
  Concatenate: [{ layer: () => new nn.Concatenate({ name }), inputs: [volume, volume] }],
  Conv: [
    { layer: () => new nn.Conv({ name, filters: 3, kernel: 3, padding: 1 }), inputs: [image] },
    { layer: () => new nn.Conv({ name, filters: 3, kernel: 7, stride: 2, padding: 3, bias: false }), inputs: [image] },
    { layer: () => new nn.Conv({ name, filters: 3, kernel: 1, stride: 2 }), inputs: [image] },
    { layer: () => new nn.Conv({ name, filters: 3, kernel: 3, padding: 1 }), inputs: [volume] },
    { layer: () => new nn.Conv({ name, filters: 3, kernel: 3, stride: 2, padding: 1 }), inputs: [volume] },
    { layer: () => new nn.Conv({ name, filters: 3, kernel: [1, 3, 3], stride: [2, 1, 1], padding: [0, 1, 1] }), inputs: [volume] },
    { layer: () => new nn.Conv({ name, filters: 3, kernel: [3, 1], stride: [1, 2], padding: [1, 0] }), inputs: [image] },
  ],
  Dense: [
    { layer: () => new nn.Dense({ name, units: 3 }), inputs: [[4, 5]] },
    { layer: () => new nn.Dense({ name, units: 3 }), inputs: [tokens] },
  ],
  DepthwiseConv: [
    { layer: () => new nn.DepthwiseConv({ name, kernel: 3, padding: 1 }), inputs: [image] },
    { layer: () => new nn.DepthwiseConv({ name, kernel: 5, stride: 2, padding: [[1, 2], 2] }), inputs: [image] },
    { layer: () => new nn.DepthwiseConv({ name, kernel: 3, padding: 1 }), inputs: [volume] },
    { layer: () => new nn.DepthwiseConv({ name, kernel: 3, stride: 2, padding: [[0, 1], 1, 1] }), inputs: [volume] },
  ],
  DropConnect: [{ layer: () => new nn.DropConnect({ name, rate: 0.4 }), inputs: [[8, 3, 2]] }],
  Dropout: [{ layer: () => new nn.Dropout({ name, rate: 0.4 }), inputs: [image] }],
  FirstToken: [{ layer: () => new nn.FirstToken({ name }), inputs: [tokens] }],
  Gelu: [{ layer: () => new nn.Gelu({ name }), inputs: [tokens] }],
  GlobalAveragePool: [
    { layer: () => new nn.GlobalAveragePool({ name }), inputs: [image] },
    { layer: () => new nn.GlobalAveragePool({ name }), inputs: [volume] },
  ],
  GroupNorm: [
    { layer: () => new nn.GroupNorm({ name, groups: 2 }), inputs: [image] },
    { layer: () => new nn.GroupNorm({ name, groups: 4 }), inputs: [volume] },
  ],
  LayerNorm: [{ layer: () => new nn.LayerNorm({ name }), inputs: [tokens] }],
  Lstm: [
    { layer: () => new nn.Lstm({ name, hidden: 3, layers: 2 }), inputs: [tokens] },
    { layer: () => new nn.Lstm({ name, hidden: 3, returns: 'sequence' }), inputs: [tokens] },
  ],
  MaxPool: [
    { layer: () => new nn.MaxPool({ name, kernel: 3, stride: 2, padding: 1 }), inputs: [image] },
    { layer: () => new nn.MaxPool({ name, kernel: 2 }), inputs: [image] },
    { layer: () => new nn.MaxPool({ name, kernel: 3, stride: 2, padding: 1 }), inputs: [volume] },
  ],
  MultiHeadAttention: [
    { layer: () => new nn.MultiHeadAttention({ name, heads: 2, headDim: 3 }), inputs: [tokens] },
    { layer: () => new nn.MultiHeadAttention({ name, heads: 2, headDim: 3, queries: 'first', dropout: 0.3 }), inputs: [tokens] },
  ],
  Multiply: [{ layer: () => new nn.Multiply({ name }), inputs: [image, [2, 1, 1, 4]] }],
  Patches: [
    { layer: () => new nn.Patches({ name, patch: [4, 3] }), inputs: [image] },
    { layer: () => new nn.Patches({ name, patch: [2, 3, 5], order: [1, 2, 0] }), inputs: [volume] },
  ],
  PositionEmbedding: [{ layer: () => new nn.PositionEmbedding({ name }), inputs: [tokens] }],
  Relu: [{ layer: () => new nn.Relu({ name }), inputs: [volume] }],
  Sigmoid: [{ layer: () => new nn.Sigmoid({ name }), inputs: [tokens] }],
  StepsToBatch: [{ layer: () => new nn.StepsToBatch({ name }), inputs: [tokens] }],
  Swish: [{ layer: () => new nn.Swish({ name }), inputs: [volume] }],
};
