import { createRequire } from 'node:module';
import { jest } from '@jest/globals';
import { rng } from '@mgmt/core';
import { selectBackend, type LayersModel } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { gradCam, integratedGradients, occlusion, overChannels, type FloatArray } from '../src/index.js';
import {
  type Agreement,
  agreement,
  plantedImages,
  smallNetwork,
  TASKS,
  trainedNetwork,
  type PlantedImages,
  type Task,
} from './plantedSquare.js';

jest.setTimeout(60_000); // two trainings and some twenty thousand passes, on a machine that may be busy

beforeAll(async () => {
  await selectBackend();
});

const METHODS: Readonly<Record<string, (model: LayersModel, images: FloatArray, task: Task) => Promise<FloatArray>>> = {
  'Grad-CAM': (model, images) => gradCam(model, images, { layer: 'relu2' }),
  occlusion: (model, images, { square }) => occlusion(model, images, { patch: square, batchSize: 144 }),
  'integrated gradients': async (model, images) => overChannels(await integratedGradients(model, images, { batchSize: 32 }), 'sum'),
};

/** WebAssembly trains the network in three dimensions for minutes. */
const inThree = isInstalled('@tensorflow/tfjs-node') ? describe : describe.skip;

describe('a network that must look at a square in 2-D', () => looksAtTheSquare(TASKS['2-D']));
inThree('a network that must look at a cuboid in 3-D', () => looksAtTheSquare(TASKS['3-D']));

/** A map of chance would have 0.12 (2-D) or 0.10 (3-D) of its mass, and of its maxima, on the square and a voxel around it. */
function looksAtTheSquare(task: Task): void {
  let trained: LayersModel;
  let untrained: readonly LayersModel[];
  let shown: PlantedImages;
  let few: PlantedImages;

  beforeAll(() => {
    trained = trainedNetwork(task, { seed: 1, steps: 150 });
    untrained = [11, 12, 13, 14, 15, 16].map((seed) => smallNetwork(task, seed));
    shown = plantedImages(task, Array<1>(50).fill(1), rng('shown'));
    few = plantedImages(task, Array<1>(8).fill(1), rng('few')); // 48 maps of six networks
  });
  afterAll(() => [trained, ...untrained].forEach((model) => model.dispose()));

  it('has learned it: 98 of 100 new images at least', () => {
    const { images, labels } = plantedImages(
      task,
      Array.from({ length: 100 }, (_, i) => (i % 2) as 0 | 1),
      rng('new'),
    );
    const logits = tf.tidy(() => (trained.predict(tf.tensor(images.data, [...images.shape])) as tf.Tensor).dataSync());
    expect(labels.filter((label, i) => Number(logits[i]! > 0) === label).length).toBeGreaterThanOrEqual(98);
  });

  it.each(Object.keys(METHODS))('%s points at the square in 9 of 10 images and has half its mass there', async (method) => {
    const { pointing, mass } = agreement(task, await METHODS[method]!(trained, shown.images, task), shown.corners, 1);
    expect(pointing).toBeGreaterThanOrEqual(0.9);
    expect(mass).toBeGreaterThanOrEqual(0.5);
  });

  it.each(Object.keys(METHODS))(
    '%s of random weights does not: it explains the network, not the image (Adebayo et al. 2018)',
    async (method) => {
      const found: Agreement[] = [];
      for (const model of untrained) found.push(agreement(task, await METHODS[method]!(model, few.images, task), few.corners, 1));
      const mean = (part: 'pointing' | 'mass') => found.reduce((sum, each) => sum + each[part], 0) / found.length;
      expect(mean('pointing')).toBeLessThan(0.45);
      expect(mean('mass')).toBeLessThan(0.25);
    },
  );
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
