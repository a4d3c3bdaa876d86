import { readFileSync } from 'node:fs';
import { lossAndGradients, sigmoidCrossEntropy, trainableVariables } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { fillByHash } from './hashedWeights.js';

/** What a network of another library gives for hashed weights and images: see tools/golden/hashed_weights.py. */
export interface PytorchCase {
  readonly name: string;
  /** Of the images in PyTorch. */
  readonly shape: readonly number[];
  readonly parameters: number;
  readonly evaluation: readonly number[];
  readonly training: readonly number[];
  /** Of each parameter, in PyTorch's order. */
  readonly gradientNorms: readonly number[];
}

/** The cases of a golden file. */
export function pytorchCases(file: string): readonly PytorchCase[] {
  const { cases } = JSON.parse(readFileSync(new URL(`golden/${file}.json`, import.meta.url), 'utf8')) as {
    readonly cases: readonly PytorchCase[];
  };
  return cases;
}

/** The largest errors of a network against a case, relative to the largest value each. The network is filled anew. */
export function errorsOf(network: tf.LayersModel, images: tf.Tensor, { evaluation, training, gradientNorms }: PytorchCase) {
  fillByHash(network);
  const evaluated = tf.tidy(() => (network.predict(images) as tf.Tensor).dataSync());
  const labels = tf.tensor2d([[0], [1]], [2, 1], 'float32');
  let trained: ArrayLike<number> = [];
  const { loss, gradients } = lossAndGradients(byCreation(network), () => {
    const logits = network.apply(images, { training: true }) as tf.Tensor;
    trained = logits.dataSync();
    return sigmoidCrossEntropy(logits, labels);
  });
  const norms = gradients.map((gradient) => tf.tidy(() => tf.norm(gradient).dataSync()[0]!));
  tf.dispose([loss, labels, ...gradients]);
  const smallest = 1e-3 * Math.max(...gradientNorms); // an offset that a later norm cancels has only rounding
  return {
    evaluation: relativeError(evaluated, evaluation),
    training: relativeError(trained, training),
    gradients: Math.max(...norms.map((norm, i) => Math.abs(norm - gradientNorms[i]!) / Math.max(gradientNorms[i]!, smallest))),
  };
}

/** Parameters in the order in which their layers were made, PyTorch's. */
function byCreation(network: tf.LayersModel): tf.Variable[] {
  const layers = [...network.layers].sort((a, b) => a.id - b.id);
  return layers.flatMap((layer) => trainableVariables(layer as unknown as tf.LayersModel));
}

function relativeError(values: ArrayLike<number>, expected: readonly number[]): number {
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(values[i]! - value))) / scale;
}
