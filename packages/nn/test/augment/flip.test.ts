import * as tf from '@tensorflow/tfjs';
import { flip, type ImageBatch } from '../../src/index.js';
import { largestDifference, noise } from '../gradientCheck.js';
import { leavesNoTensors, onEachBackend } from '../onEachBackend.js';

onEachBackend(() => {
  it('exchanges left and right, up and down, front and back', () => {
    tf.tidy(() => {
      const x = tf.tensor4d([1, 2, 3, 4, 5, 6], [1, 2, 3, 1]);
      expect([...flip(x, ['width']).dataSync()]).toEqual([3, 2, 1, 6, 5, 4]);
      expect([...flip(x, ['height']).dataSync()]).toEqual([4, 5, 6, 1, 2, 3]);
      expect([...flip(tf.reshape(x, [1, 2, 1, 3, 1]) as tf.Tensor5D, ['depth']).dataSync()]).toEqual([4, 5, 6, 1, 2, 3]);
    });
  });

  it.each([
    [
      [2, 3, 4, 2],
      ['height', 'width'],
    ],
    [
      [2, 2, 3, 4, 1],
      ['depth', 'width'],
    ],
  ] as const)('twice gives the input, shape %j', (shape, axes) => {
    tf.tidy(() => {
      const x = noise(shape, 1) as ImageBatch;
      expect(largestDifference(flip(flip(x, axes), axes), x)).toBe(0);
    });
  });

  it('keeps channels and samples where they are', () => {
    tf.tidy(() => {
      const x = noise([2, 1, 1, 3], 1) as tf.Tensor4D;
      expect(largestDifference(flip(x, ['height', 'width']), x)).toBe(0);
    });
  });

  it('refuses the depth of images', () => {
    const x = noise([2, 1, 1, 3], 1) as tf.Tensor4D;
    expect(() => flip(x, ['depth'])).toThrow(/nn\/no-such-axis[^]*height, width[^]*found depth/);
    x.dispose();
  });

  it('frees what it makes', async () => {
    const x = noise([2, 3, 3, 1], 1) as tf.Tensor4D;
    await leavesNoTensors(() => flip(x, ['width']).dispose());
    x.dispose();
  });
});
