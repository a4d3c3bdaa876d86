import { countParameters, selectBackend, toPytorchTensors } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { cnnLstm, cnnLstmConfig } from '../src/index.js';
import { fillByHash, hashedImages } from './hashedWeights.js';
import { errorsOf, pytorchCases } from './pytorchCases.js';

beforeAll(async () => {
  await selectBackend();
});

const { encoder } = cnnLstmConfig;
const small = { ...cnnLstmConfig, spatial: [3, 32, 32], encoder: { ...encoder, widthFactor: 0.25, classes: 16 } } as const;

describe('cnnLstm', () => {
  const one = pytorchCases('efficientnet').find(({ name }) => name === 'CNN-LSTM')!;

  it("gives the numbers of the second place's network on random weights", () => {
    const [b, slices, channels, ...extents] = one.shape as [number, number, number, number, number];
    const network = cnnLstm({ ...cnnLstmConfig, spatial: [slices, ...extents], encoder: { ...encoder, headDropout: 0, dropConnect: 0 } });
    const images = tf.tidy(() => tf.reshape(hashedImages([b * slices, channels, ...extents]), [b, slices, ...extents, channels]));
    expect(countParameters(network)).toBe(one.parameters);
    const { evaluation, training, gradients } = errorsOf(network, images, one);
    expect(evaluation).toBeLessThan(1e-4);
    expect(training).toBeLessThan(1e-4);
    expect(gradients).toBeLessThan(2e-2); // few values a channel before the last norms amplify rounding
    network.dispose();
    images.dispose();
  });

  it('names its weights as the second place does, in its order', () => {
    const network = cnnLstm(small);
    const names = [...toPytorchTensors(network).keys()].filter((name) => !name.includes('running'));
    expect(names.slice(0, 3)).toEqual(['cnn.map.weight', 'cnn.map.bias', 'cnn.net._conv_stem.weight']);
    expect(names.slice(-12)).toEqual([
      'cnn.net._fc.weight',
      'cnn.net._fc.bias',
      ...[0, 1].flatMap((layer) => ['weight_ih', 'weight_hh', 'bias_ih', 'bias_hh'].map((weight) => `rnn.${weight}_l${layer}`)),
      'fc.weight',
      'fc.bias',
    ]);
    network.dispose();
  });

  it('reads the slices in their order, each patient by itself', () => {
    const network = cnnLstm(small);
    fillByHash(network);
    tf.tidy(() => {
      const [first, second] = [tf.randomNormal([1, 3, 32, 32, 4]), tf.randomNormal([1, 3, 32, 32, 4])];
      const logit = (x: tf.Tensor) => Array.from((network.predict(x) as tf.Tensor).dataSync());
      const both = logit(tf.concat([first, second]));
      [first, second].forEach((x, i) => expect(logit(x)[0]).toBeCloseTo(both[i]!, 5));
      expect(logit(tf.reverse(first, 1))[0]).not.toBeCloseTo(both[0]!, 4);
    });
    network.dispose();
  });
});
