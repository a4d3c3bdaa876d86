import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { rng } from '@mgmt/core';
import { batchNorm, conv, dropout, globalAveragePool, input, type LayersModel, model, randomFlip, randomIntensity, relu } from '@mgmt/nn';
import { type PretrainingConfig, type UnlabeledImages } from '../src/index.js';

/** Images `[b, 8, 8, 1]` to 8 features. */
export function smallEncoder(parts: { readonly norm?: boolean; readonly dropout?: boolean } = {}): LayersModel {
  const x = input([8, 8, 1]);
  const first = conv(x, 6, { kernel: 3, padding: 1, seed: 1, name: 'conv1' });
  const normed = relu(parts.norm ? batchNorm(first, { name: 'bn1' }) : first, { name: 'relu1' });
  const dropped = parts.dropout ? dropout(normed, { rate: 0.3, seed: 5, name: 'drop' }) : normed;
  const second = relu(conv(dropped, 8, { kernel: 3, stride: 2, padding: 1, seed: 1, name: 'conv2' }), { name: 'relu2' });
  return model(x, globalAveragePool(second, { name: 'pool' }));
}

/** Waves of each image's own length and direction, seeded. */
export function waves(count: number): UnlabeledImages {
  return {
    ids: Array.from({ length: count }, (_, i) => `wave ${i}`),
    shape: [8, 8, 1],
    load: async (index) => {
      const random = rng('waves').child(index);
      const [down, right, phase] = [random.uniform(0, 2), random.uniform(0, 2), random.uniform(0, 6)];
      return Float32Array.from({ length: 64 }, (_, p) => Math.sin(down * Math.floor(p / 8) + right * (p % 8) + phase));
    },
  };
}

/** A pretraining of seconds. */
export const smallConfig: PretrainingConfig = {
  augmentation: [randomFlip({ axis: 'width', probability: 0.5 }), randomIntensity({ probability: 0.8, scale: 0.3, shift: 0.3 })],
  batchSize: 8,
  temperature: 0.2,
  projection: { hidden: 8, units: 4 },
  seed: 3,
  training: {
    epochs: 3,
    optimizer: { kind: 'sgd', learningRate: 0.1, momentum: 0.9, weightDecay: 1e-4 },
    schedule: { kind: 'cosine', epochs: 3 },
  },
};

/** Of all weights of a model, running statistics included. */
export function sha256(network: LayersModel): string {
  const hash = createHash('sha256');
  for (const weight of network.getWeights()) hash.update(new Uint8Array(weight.dataSync<'float32'>().slice().buffer));
  return hash.digest('hex');
}

/** Calls with a new folder that is gone afterwards. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'mgmt-simclr-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
