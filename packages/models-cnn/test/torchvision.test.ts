import { readFileSync } from 'node:fs';
import { lossAndGradients, selectBackend, sigmoidCrossEntropy, trainableVariables } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { densenet, densenet121Config, densenet161Config, resnet, resnet18Config, resnet34Config, resnet50Config } from '../src/index.js';
import { fillByHash, hashedImages } from './hashedWeights.js';

interface Case {
  readonly name: keyof typeof NETWORKS;
  readonly evaluation: readonly number[];
  readonly training: readonly number[];
  /** Of each parameter, in PyTorch's order. */
  readonly gradientNorms: readonly number[];
}

const size = { channels: 3, spatial: [96, 96] } as const;
const NETWORKS = {
  resnet18: () => resnet({ ...resnet18Config, ...size }),
  resnet34: () => resnet({ ...resnet34Config, ...size }),
  resnet50: () => resnet({ ...resnet50Config, ...size }),
  densenet121: () => densenet({ ...densenet121Config, ...size }),
  densenet161: () => densenet({ ...densenet161Config, ...size }),
};

const { cases } = JSON.parse(readFileSync(new URL('golden/torchvision.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly Case[];
};

beforeAll(async () => {
  await selectBackend();
});

describe.each(cases)("$name gives torchvision's numbers on random weights", ({ name, evaluation, training, gradientNorms }) => {
  let network: tf.LayersModel;
  let images: tf.Tensor;
  beforeAll(() => {
    [network, images] = [NETWORKS[name](), hashedImages([2, 3, 96, 96])];
    fillByHash(network);
  });
  afterAll(() => {
    network.dispose();
    images.dispose();
  });

  it('with the running statistics', () => {
    expect(
      relativeError(
        tf.tidy(() => (network.predict(images) as tf.Tensor).dataSync()),
        evaluation,
      ),
    ).toBeLessThan(1e-4);
  });

  it("with the batch's own statistics, and their gradients", () => {
    const labels = tf.tensor2d([[0], [1]], [2, 1], 'float32');
    const variables = byCreation(network);
    let logits: ArrayLike<number> = [];
    const { loss, gradients } = lossAndGradients(variables, () => {
      const output = network.apply(images, { training: true }) as tf.Tensor;
      logits = output.dataSync();
      return sigmoidCrossEntropy(output, labels);
    });
    expect(relativeError(logits, training)).toBeLessThan(1e-4);
    const norms = gradients.map((gradient) => tf.tidy(() => tf.norm(gradient).dataSync()[0]!));
    const worst = norms.map((norm, i) => Math.abs(norm / gradientNorms[i]! - 1)).reduce((top, error) => Math.max(top, error), 0);
    expect(norms).toHaveLength(gradientNorms.length);
    expect(worst).toBeLessThan(2e-2); // few values a channel before the last norms amplify rounding: PyTorch's own float32 is off by 8e-3
    tf.dispose([loss, labels, ...gradients]);
  });
});

/** Parameters in the order in which their layers were made, PyTorch's. */
function byCreation(network: tf.LayersModel): tf.Variable[] {
  const layers = [...network.layers].sort((a, b) => a.id - b.id);
  return layers.flatMap((layer) => trainableVariables(layer as unknown as tf.LayersModel));
}

/** The largest, relative to the largest value of the batch. */
function relativeError(values: ArrayLike<number>, expected: readonly number[]): number {
  expect(values).toHaveLength(expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(values[i]! - value))) / scale;
}
