import { rng } from '@mgmt/core';
import { resnet } from '@mgmt/models-cnn';
import { adamKernel, lossAndGradients, sigmoidCrossEntropy, trainableVariables } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import type { BenchCase } from './benchCases.js';

/** A network in training on one batch of seeded noise: the same numbers on every machine. */
export interface Trainer {
  /** Forward and backward: the loss, and the norm of the gradient of each variable. */
  look(): Promise<readonly number[]>;
  /** Forward, backward, Adam; ends when all of it is done. */
  step(): Promise<void>;
  /** Multiplications and additions of the convolutions in one forward pass, in thousands of millions: what a step costs, roughly a third of it. */
  readonly gigaMacs: number;
  dispose(): void;
}

const ADAM = { learningRate: 1e-4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };

/** A new network of a case, from its seed. */
export function trainer({ batch, config }: BenchCase): Trainer {
  const network = resnet(config);
  const variables = trainableVariables(network);
  const adam = adamKernel(variables);
  const shape = [batch, ...config.spatial, config.channels];
  const random = rng('bench');
  const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.uniform(-1.7, 1.7));
  const x = tf.tensor(values, shape);
  const labels = Array.from({ length: batch }, (_, i) => i % 2);
  const y = tf.tensor2d(labels, [batch, 1], 'float32');
  const differentiate = () => lossAndGradients(variables, () => sigmoidCrossEntropy(network.apply(x, { training: true }) as tf.Tensor, y));
  let steps = 0;
  return {
    gigaMacs: (batch * convolutionMacs(network)) / 1e9,
    async look() {
      const { loss, gradients } = differentiate();
      const norms = gradients.map((gradient) => tf.tidy(() => tf.norm(gradient)));
      const numbers = await Promise.all([loss, ...norms].map(async (tensor) => (await tensor.data())[0]!));
      tf.dispose([loss, ...gradients, ...norms]);
      return numbers;
    },
    async step() {
      const { loss, gradients } = differentiate();
      adam.update(gradients, { ...ADAM, step: ++steps });
      await Promise.all([loss.data(), variables.at(-1)!.data()]); // a GPU is done when what came last can be read
      tf.dispose([loss, ...gradients]);
    },
    dispose() {
      adam.dispose();
      network.dispose();
      tf.dispose([x, y]);
    },
  };
}

function convolutionMacs({ layers }: tf.LayersModel): number {
  return layers.reduce((sum, layer) => {
    const [weight] = layer.weights;
    if (!weight || weight.shape.length < 4) return sum;
    const output = (layer.outputShape as tf.Shape).slice(1, -1) as number[];
    return sum + tf.util.sizeFromShape(weight.shape as number[]) * tf.util.sizeFromShape(output);
  }, 0);
}
