import * as tf from '@tensorflow/tfjs';
import { gaussianSmooth, type ImageBatch } from '../../src/index.js';
import { gaussianTaps } from '../../src/augment/gaussianSmooth.js';
import { largestDifference, noise } from '../gradientCheck.js';
import { leavesNoTensors, onEachBackend } from '../onEachBackend.js';
import { expected, golden, image, SHAPES } from './images.js';

onEachBackend(() => {
  it.each(golden.gaussian)('equals MONAI: shape $shape, sigma $sigma', ({ shape, sigma, result }) => {
    tf.tidy(() => {
      expect(largestDifference(gaussianSmooth(image(shape), [sigma]), expected(result, shape))).toBeLessThan(1e-5); // rounded to six decimals, of values that blur made small
    });
  });

  describe.each(SHAPES)('of shape %j', (shape) => {
    const rank = shape.length - 2;
    const ofAll = (sigma: number) => Array.from({ length: shape[0] }, () => Array.from({ length: rank }, () => sigma));

    it('gives the input at sigma 0', () => {
      tf.tidy(() => {
        const x = noise(shape, 1) as ImageBatch;
        expect(largestDifference(gaussianSmooth(x, ofAll(0)), x)).toBeLessThan(1e-6);
      });
    });

    it('blurs each sample by its own deviations, as if it were alone', () => {
      tf.tidy(() => {
        const x = noise(shape, 2) as ImageBatch;
        const sigmas = Array.from({ length: shape[0] }, (_, i) => [0.3 + i, 0.5, 0.9 + i].slice(-rank));
        const alone = (tf.split(x as tf.Tensor, shape[0]) as ImageBatch[]).map((sample, i) => gaussianSmooth(sample, [sigmas[i]!]));
        expect(largestDifference(gaussianSmooth(x, sigmas), tf.concat(alone as tf.Tensor[]))).toBeLessThan(1e-6);
      });
    });

    it('frees what it makes', async () => {
      const x = noise(shape, 3) as ImageBatch;
      await leavesNoTensors(() => gaussianSmooth(x, ofAll(1)).dispose());
      x.dispose();
    });
  });
});

it('needs a deviation for each axis', () => {
  const x = noise([1, 4, 5, 1], 1) as ImageBatch;
  expect(() => gaussianSmooth(x, [[1]])).toThrow(/nn\/sigma-for-each-axis[^]*expected 2 for extents 4 x 5[^]*found 1/);
  x.dispose();
});

describe('gaussianTaps', () => {
  it.each(golden.taps)('equal MONAI at sigma $sigma', ({ sigma, taps }) => {
    const own = gaussianTaps(sigma);
    expect(own).toHaveLength(taps.length);
    own.forEach((tap, i) => expect(tap).toBeCloseTo(taps[i]!, 6));
  });

  it('are those that the reference states at sigma 1', () => {
    const taps = [0.382925, 0.24173, 0.060598, 0.005977, 0.000229];
    gaussianTaps(1)
      .slice(4)
      .forEach((tap, i) => expect(tap).toBeCloseTo(taps[i]!, 6));
  });
});
