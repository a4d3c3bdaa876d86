import * as tf from '@tensorflow/tfjs';
import { changeIntensity, type ImageBatch } from '../../src/index.js';
import { largestDifference, noise } from '../gradientCheck.js';
import { leavesNoTensors, onEachBackend } from '../onEachBackend.js';
import { expected, golden, image, SHAPES } from './images.js';

onEachBackend(() => {
  it.each(golden.intensity)('equals MONAI: $change', ({ change, shape, result }) => {
    tf.tidy(() => {
      expect(largestDifference(changeIntensity(image(shape), [change]), expected(result, shape))).toBeLessThan(2e-6);
    });
  });

  it.each(golden.contrast)('equals torchvision: contrast $contrast', ({ contrast, image: values, result }) => {
    tf.tidy(() => {
      const x = expected(values, [5, 6, 1]) as ImageBatch;
      expect(largestDifference(changeIntensity(x, [{ contrast }]), expected(result, [5, 6, 1]))).toBeLessThan(2e-6);
    });
  });

  describe.each(SHAPES)('of shape %j', (shape) => {
    it('gives the input where nothing is asked', () => {
      tf.tidy(() => {
        const x = noise(shape, 1) as ImageBatch;
        const nothing = Array.from({ length: shape[0] }, () => ({ gamma: 1, contrast: 0, scale: 0, shift: 0 }));
        expect(largestDifference(changeIntensity(x, nothing), x)).toBe(0);
      });
    });

    it('bends, spreads, scales and shifts, in this order, each sample by its own numbers', () => {
      tf.tidy(() => {
        const x = noise(shape, 2) as ImageBatch;
        const changes = Array.from({ length: shape[0] }, (_, i) => ({ gamma: 0.5 + i, contrast: 0.3, scale: -0.2 * i, shift: 0.4 }));
        const oneByOne = (tf.split(x as tf.Tensor, shape[0]) as ImageBatch[]).map((sample, i) => {
          const { gamma, contrast, scale, shift } = changes[i]!;
          return [{ gamma }, { contrast }, { scale }, { shift }].reduce((at, part) => changeIntensity(at, [part]), sample);
        });
        expect(largestDifference(changeIntensity(x, changes), tf.concat(oneByOne as tf.Tensor[]))).toBeLessThan(2e-6);
      });
    });

    it('frees what it makes', async () => {
      const x = noise(shape, 3) as ImageBatch;
      const changes = Array.from({ length: shape[0] }, () => ({ gamma: 2, contrast: 1 }));
      await leavesNoTensors(() => changeIntensity(x, changes).dispose());
      x.dispose();
    });
  });

  it('leaves a constant image as it is under gamma and contrast', () => {
    tf.tidy(() => {
      const x = tf.fill([1, 3, 3, 1], 0.7) as tf.Tensor4D;
      expect(largestDifference(changeIntensity(x, [{ gamma: 2, contrast: 3 }]), x)).toBeLessThan(1e-6);
    });
  });
});
