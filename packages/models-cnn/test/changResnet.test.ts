import { selectBackend } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { changResnet, changResnetConfig } from '../src/index.js';

beforeAll(async () => {
  await selectBackend();
});

it('goes from 32 x 32 to 4 x 4, halved between stages by convolutions', () => {
  const network = changResnet(changResnetConfig);
  const shapeOf = (layer: string) => (network.getLayer(layer).outputShape as number[]).slice(1);
  expect(['stage1', 'down1.relu', 'stage2', 'stage3', 'stage4', 'avgpool'].map(shapeOf)).toEqual([
    [32, 32, 16],
    [16, 16, 32],
    [16, 16, 32],
    [8, 8, 64],
    [4, 4, 64],
    [64],
  ]);
  network.dispose();
});

it('drops half of the features inside of each block, in training only', () => {
  const network = changResnet(changResnetConfig);
  const x = tf.randomNormal([2, 32, 32, 2], 0, 1, 'float32', 1);
  const passes = (training: boolean) => [0, 1].map(() => tf.tidy(() => (network.apply(x, { training }) as tf.Tensor).dataSync()[0]!));
  const [first, second] = passes(false);
  expect(second).toBe(first);
  const [third, fourth] = passes(true);
  expect(fourth).not.toBe(third);
  const dropouts = network.layers.filter(({ name }) => name.endsWith('.dropout'));
  expect(dropouts.map((layer) => layer.getConfig()['rate'])).toEqual([0.5, 0.5, 0.5, 0.5]);
  network.dispose();
  x.dispose();
});
