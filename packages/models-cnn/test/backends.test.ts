import { createRequire } from 'node:module';
import { lossAndGradients, selectBackend, sigmoidCrossEntropy, trainableVariables, type BackendName } from '@mgmt/nn';
import { rng } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { densenet, densenet121Config, resnet, resnet10Config, resnet18Config, resnet50Config } from '../src/index.js';

const NETWORKS: readonly [string, () => tf.LayersModel][] = [
  ['ResNet10, 3-D', () => resnet({ ...resnet10Config, width: 4, spatial: [16, 32, 32] })],
  ['ResNet18, 2-D', () => resnet({ ...resnet18Config, width: 4, spatial: [64, 64] })],
  ['ResNet50, 2-D', () => resnet({ ...resnet50Config, width: 4, spatial: [64, 64] })],
  ['DenseNet, 2-D', () => densenet({ ...densenet121Config, blocks: [2, 2], growth: 4, width: 4, spatial: [32, 32] })],
  ['DenseNet, 3-D', () => densenet({ ...densenet121Config, blocks: [2, 2], growth: 4, width: 4, spatial: [16, 16, 16] })],
];

const PACKAGES = { wasm: '@tensorflow/tfjs-backend-wasm', tensorflow: '@tensorflow/tfjs-node' } as const;

const references = new Map<string, Awaited<ReturnType<typeof lossAndGradientsOn>>>();

describe.each(['wasm', 'tensorflow'] as const)('training on %s', (backend) => {
  (isInstalled(PACKAGES[backend]) ? it : it.skip).each(NETWORKS)(
    'gives the loss and the gradients that plain JavaScript gives: %s',
    async (name, make) => {
      const expected = references.get(name) ?? (await lossAndGradientsOn('cpu', make));
      references.set(name, expected);
      const found = await lossAndGradientsOn(backend, make);
      expect(Math.abs(found.loss / expected.loss - 1)).toBeLessThan(1e-4); // a batch norm over few values amplifies rounding
      const worst: string[] = [];
      found.gradients.forEach((gradient, i) => {
        const scale = Math.max(expected.largest * 1e-2, ...expected.gradients[i]!.map(Math.abs)); // a bias before a batch norm has only rounding
        const error = Math.max(...gradient.map((value, k) => Math.abs(value - expected.gradients[i]![k]!)));
        if (error / scale > 2e-3) worst.push(`${found.names[i]} ${(error / scale).toExponential(1)}`);
      });
      expect(worst).toEqual([]);
    },
    60_000,
  );
});

async function lossAndGradientsOn(backend: BackendName, make: () => tf.LayersModel) {
  await selectBackend({ force: backend });
  const network = make();
  const variables = trainableVariables(network);
  const shape = [4, ...(network.inputs[0]!.shape.slice(1) as number[])];
  const random = rng(3);
  const images = tf.tensor(
    Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal()),
    shape,
  );
  const labels = tf.tensor2d([[1], [0], [0], [1]], [4, 1], 'float32');
  const { loss, gradients } = lossAndGradients(variables, () =>
    sigmoidCrossEntropy(network.apply(images, { training: true }) as tf.Tensor, labels),
  );
  const values = gradients.map((gradient) => Array.from(gradient.dataSync()));
  const result = {
    names: network.trainableWeights.map(({ originalName }) => originalName),
    loss: loss.dataSync()[0]!,
    gradients: values,
    largest: values.flat().reduce((top, value) => Math.max(top, Math.abs(value)), 0),
  };
  network.dispose();
  tf.dispose([images, labels, loss, ...gradients]);
  return result;
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
