import * as tf from '@tensorflow/tfjs';
import { scaledSoftmax } from '../src/ops/scaledSoftmax.js';
import { gradientError, largestDifference, noise } from './gradientCheck.js';
import { leavesNoTensors, onEachBackend } from './onEachBackend.js';

onEachBackend(() => {
  it('is the softmax of the scaled scores, with the gradient that tfjs finds and that differences show', () => {
    tf.tidy(() => {
      const [x, dy] = [tf.mul(noise([2, 3, 4, 5], 1), 3), noise([2, 3, 4, 5], 2)];
      const [found, plain] = [(at: tf.Tensor) => scaledSoftmax(at, 0.7), (at: tf.Tensor) => tf.softmax(tf.mul(at, 0.7))];
      expect(largestDifference(found(x), plain(x))).toBeLessThan(1e-6);
      expect(largestDifference(tf.grad(found)(x, dy), tf.grad(plain)(x, dy))).toBeLessThan(1e-5);
      expect(gradientError(found, [x])).toBeLessThan(2e-3);
    });
  });

  it('bears scores of any size', () => {
    tf.tidy(() => {
      const values = scaledSoftmax(tf.tensor2d([[-2e4, 0, 2e4]]), 0.5).dataSync();
      expect([...values]).toEqual([0, 0, 1]);
    });
  });

  it('frees what it makes', async () => {
    const x = noise([3, 4], 1);
    await leavesNoTensors(() => scaledSoftmax(x, 0.5).dispose());
    await leavesNoTensors(() =>
      tf
        .grad((at) => scaledSoftmax(at, 0.5))(x)
        .dispose(),
    );
    x.dispose();
  });
});
