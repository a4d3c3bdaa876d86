import { selectBackend } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { featureModel, resnet, resnet18Config } from '../src/index.js';

beforeAll(async () => {
  await selectBackend();
});

const photo = { ...resnet18Config, width: 4, spatial: [8, 8], seenAs: 'imagenet' } as const;

/** torchvision's Normalize of 0.5, red, green and blue: (0.5 - 0.485) / 0.229 and so on. */
const HALF = [0.0655022, 0.1964286, 0.4177778];

describe('an image seen as a photograph', () => {
  it.each([1, 3])("of %d channels has ImageNet's mean and deviation taken out of three", (channels) => {
    const network = resnet({ ...photo, channels });
    tf.tidy(() => {
      const seen = featureModel(network, ['input.imagenet']).predict(tf.fill([1, 8, 8, channels], 0.5)) as tf.Tensor;
      expect(seen.shape).toEqual([1, 8, 8, 3]);
      Array.from(seen.dataSync().slice(0, 3)).forEach((value, i) => expect(value).toBeCloseTo(HALF[i]!, 6));
    });
    network.dispose();
  });

  it('has 1 or 3 channels', () => {
    expect(() => resnet({ ...photo, channels: 20 })).toThrow(/models-cnn\/no-imagenet-input[^]*found 20/);
  });
});
