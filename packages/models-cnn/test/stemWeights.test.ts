import { adaptStem, loadPytorchTensors, selectBackend, toPytorchTensors } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { featureModel, resnet, resnet18Config } from '../src/index.js';

beforeAll(async () => {
  await selectBackend();
});

/** [2, 3, 1, 2]: two filters of three channels, 1 x 2. */
const RGB = { shape: [2, 3, 1, 2], data: Float32Array.of(1, 2, 10, 20, 100, 200, 3, 4, 30, 40, 300, 400) };

describe('a stem', () => {
  it('for one channel is the sum over the old ones', () => {
    expect(adaptStem(RGB, 1)).toEqual({ shape: [2, 1, 1, 2], data: Float32Array.of(111, 222, 333, 444) });
  });

  it('for more channels has the old ones in turn, times 3 / n', () => {
    const { shape, data } = adaptStem(RGB, 6);
    expect(shape).toEqual([2, 6, 1, 2]);
    expect(Array.from(data.slice(0, 12))).toEqual([0.5, 1, 5, 10, 50, 100, 0.5, 1, 5, 10, 50, 100]);
    expect(Array.from(adaptStem(RGB, 2).data.slice(0, 4))).toEqual([1.5, 3, 15, 30]);
  });

  it('for 20 slices, of one that was trained on one, is that divided by 20', () => {
    const { data } = adaptStem({ shape: [1, 1, 1, 1], data: Float32Array.of(5) }, 20);
    expect(Array.from(data)).toEqual(Array.from({ length: 20 }, () => 0.25));
  });

  it.each([1, 3, 20])('for %d channels gives what three gave of a gray image', (channels) => {
    const [photo, adapted] = [resnet({ ...resnet18Config, ...small, channels: 3 }), resnet({ ...resnet18Config, ...small, channels })];
    const tensors = toPytorchTensors(photo);
    const stem = tensors.get('conv1.weight')!;
    loadPytorchTensors(adapted, new Map(tensors).set('conv1.weight', adaptStem(stem, channels)));
    tf.tidy(() => {
      const gray = tf.randomNormal([1, 16, 16, 1], 0, 1, 'float32', 1);
      const stemOf = (network: tf.LayersModel, n: number) =>
        featureModel(network, ['conv1']).predict(tf.tile(gray, [1, 1, 1, n])) as tf.Tensor;
      const difference = tf.max(tf.abs(tf.sub(stemOf(adapted, channels), stemOf(photo, 3)))).dataSync()[0]!;
      expect(difference).toBeLessThan(channels === 20 ? 1 : 1e-5); // of 20, red and green come once more than blue
    });
    for (const each of [photo, adapted]) each.dispose();
  });

  it('is a weight of a convolution, or is refused', () => {
    expect(() => adaptStem({ shape: [4, 3], data: new Float32Array(12) }, 1)).toThrow(/nn\/no-stem[^]*\[4, 3\]/);
  });
});

const small = { width: 4, spatial: [16, 16] } as const;
