import { createRequire } from 'node:module';
import { rng } from '@mgmt/core';
import { lossAndGradients, selectBackend, sigmoidCrossEntropy, trainableVariables, type BackendName } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { vit, vitTable5Config, vitTable5SlicesConfig, type VitConfig } from '../src/index.js';

const small = { patch: 4, dim: 24, heads: 3, headDim: 10, mlpDim: 20 } as const;
const volume: VitConfig = { ...vitTable5Config, ...small, spatial: [8, 12, 12] };
const slices: VitConfig = { ...vitTable5SlicesConfig, ...small, channels: 4, spatial: [12, 16], form: 'current' };
const NETWORKS: readonly [string, VitConfig][] = [
  ['3-D, 2021', volume],
  ["3-D, today's, mean of tokens", { ...volume, form: 'current', pool: 'mean' }],
  ["2-D, today's", slices],
  ['2-D, 2021, mean of tokens', { ...slices, form: '2021', pool: 'mean' }],
];

const PACKAGES = { wasm: '@tensorflow/tfjs-backend-wasm', tensorflow: '@tensorflow/tfjs-node' } as const;

const references = new Map<string, Awaited<ReturnType<typeof lossAndGradientsOn>>>();

describe.each(['wasm', 'tensorflow'] as const)('training on %s', (backend) => {
  (isInstalled(PACKAGES[backend]) ? it : it.skip).each(NETWORKS)(
    'gives the loss and the gradients that plain JavaScript gives: %s',
    async (name, config) => {
      const expected = references.get(name) ?? (await lossAndGradientsOn('cpu', config));
      references.set(name, expected);
      const found = await lossAndGradientsOn(backend, config);
      expect(Math.abs(found.loss / expected.loss - 1)).toBeLessThan(1e-5);
      const worst: string[] = [];
      found.gradients.forEach((gradient, i) => {
        const scale = Math.max(expected.largest * 1e-3, ...expected.gradients[i]!.map(Math.abs));
        const error = Math.max(...gradient.map((value, k) => Math.abs(value - expected.gradients[i]![k]!)));
        if (error / scale > 2e-4) worst.push(`${found.names[i]} ${(error / scale).toExponential(1)}`);
      });
      expect(worst).toEqual([]);
    },
  );
});

async function lossAndGradientsOn(backend: BackendName, config: VitConfig) {
  await selectBackend({ force: backend });
  const network = vit(config);
  const variables = trainableVariables(network);
  const shape = [4, ...config.spatial, config.channels];
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
