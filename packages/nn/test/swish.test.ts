import * as tf from '@tensorflow/tfjs';
import { lossAndGradients } from '../src/index.js';
import { swish } from '../src/ops/swish.js';
import { golden } from './golden.js';
import { gradientError, largestDifference, noise } from './gradientCheck.js';
import { leavesNoTensors, onEachBackend } from './onEachBackend.js';

const composed = (x: tf.Tensor) => tf.mul(x, tf.sigmoid(x));

onEachBackend(() => {
  describe('swish', () => {
    it.each(golden<Record<'x' | 'dy' | 'y' | 'dx', number[]>>('swish'))("equals PyTorch's SiLU far out too", ({ x, dy, y, dx }) => {
      tf.tidy(() => {
        expect(largestDifference(swish(tf.tensor1d(x)), tf.tensor1d(y))).toBeLessThan(1e-6);
        expect(largestDifference(tf.grad(swish)(tf.tensor1d(x), tf.tensor1d(dy)), tf.tensor1d(dx))).toBeLessThan(1e-6);
      });
    });

    it('has the gradient that differences show, and that of the composition', () => {
      tf.tidy(() => {
        const [x, dy] = [tf.mul(noise([2, 3, 4], 1), 4), noise([2, 3, 4], 2)];
        expect(gradientError(swish, [x])).toBeLessThan(2e-3);
        expect(largestDifference(tf.grad(swish)(x, dy), tf.grad(composed)(x, dy))).toBeLessThan(1e-6);
      });
    });

    it('keeps less for the gradient than the composition', () => {
      const x = tf.variable(noise([2, 3, 4], 1));
      const keptBy = (f: (at: tf.Tensor) => tf.Tensor) => {
        let kept = 0;
        const objective = () => {
          const before = tf.memory().numDataBuffers;
          const y = tf.tidy(() => f(x));
          kept = tf.memory().numDataBuffers - before - 1; // besides y
          return tf.sum(y) as tf.Scalar;
        };
        const { loss, gradients } = lossAndGradients([x], objective);
        tf.dispose([loss, ...gradients]);
        return kept;
      };
      expect(keptBy(swish)).toBeLessThan(keptBy(composed));
      x.dispose();
    });

    it('frees what it makes', async () => {
      const x = noise([2, 3, 4], 1);
      await leavesNoTensors(() => tf.dispose(swish(x)));
      await leavesNoTensors(() => tf.dispose(tf.grad(swish)(x)));
      x.dispose();
    });
  });
});
