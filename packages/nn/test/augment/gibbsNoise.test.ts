import * as tf from '@tensorflow/tfjs';
import { gibbsNoise, type ImageBatch } from '../../src/index.js';
import { largestDifference, noise } from '../gradientCheck.js';
import { leavesNoTensors, onEachBackend } from '../onEachBackend.js';
import { expected, golden, image, SHAPES } from './images.js';

onEachBackend(() => {
  it.each(golden.gibbs)('equals MONAI: $kind of shape $shape, alpha $alpha', ({ kind, shape, alpha, result }) => {
    tf.tidy(() => {
      expect(largestDifference(gibbsNoise(image(shape, kind), [alpha]), expected(result, shape))).toBeLessThan(1e-5);
    });
  });

  it('gives the first row that the reference states for 64 numbers', () => {
    tf.tidy(() => {
      const [a, b, c, d] = gibbsNoise(image([8, 8, 1], 'arange'), [0.5]).dataSync();
      expect(a).toBeCloseTo(9, 4);
      expect(b).toBeCloseTo(8.292893, 4);
      expect(c).toBeCloseTo(10.292893, 4);
      expect(d).toBeCloseTo(11, 4);
    });
  });

  it.each([
    [0.5, 24],
    [0.8, 4],
  ])('at alpha %d keeps %d of 64 frequencies, as a point shows', (alpha, kept) => {
    tf.tidy(() => {
      const point = tf
        .oneHot(tf.tensor1d([0], 'int32'), 64)
        .reshape([1, 8, 8, 1])
        .toFloat() as tf.Tensor4D;
      expect(64 * gibbsNoise(point, [alpha]).dataSync()[0]!).toBeCloseTo(kept, 3);
    });
  });

  it('at alpha 0 gives an image back', () => {
    tf.tidy(() => {
      for (const shape of [
        [1, 8, 8, 1],
        [1, 7, 5, 2],
      ]) {
        const x = noise(shape, 2) as ImageBatch;
        expect(largestDifference(gibbsNoise(x, [0]), x)).toBeLessThan(2e-6);
      }
    });
  });

  describe.each(SHAPES)('of shape %j', (shape) => {
    it('keeps less energy the stronger it is', () => {
      tf.tidy(() => {
        const x = noise(shape, 4) as ImageBatch;
        const energy = (alpha: number) =>
          tf
            .sum(
              tf.square(
                gibbsNoise(
                  x,
                  Array.from({ length: shape[0] }, () => alpha),
                ),
              ),
            )
            .dataSync()[0]!;
        const energies = [0, 0.2, 0.4, 0.6, 0.8, 1].map(energy);
        for (let i = 1; i < energies.length; i++) expect(energies[i]).toBeLessThanOrEqual(energies[i - 1]! * (1 + 1e-5));
        expect(energies.at(-1)).toBeLessThan(0.5 * energies[0]!);
      });
    });

    it('filters each sample by its own strength, as if it were alone', () => {
      tf.tidy(() => {
        const x = noise(shape, 5) as ImageBatch;
        const alphas = Array.from({ length: shape[0] }, (_, i) => 0.2 + 0.2 * i);
        const alone = (tf.split(x as tf.Tensor, shape[0]) as ImageBatch[]).map((sample, i) => gibbsNoise(sample, [alphas[i]!]));
        expect(largestDifference(gibbsNoise(x, alphas), tf.concat(alone as tf.Tensor[]))).toBeLessThan(1e-6);
      });
    });

    it('frees what it makes', async () => {
      const x = noise(shape, 6) as ImageBatch;
      await leavesNoTensors(() =>
        gibbsNoise(
          x,
          Array.from({ length: shape[0] }, () => 0.3),
        ).dispose(),
      );
      x.dispose();
    });
  });
});
