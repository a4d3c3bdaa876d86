import * as tf from '@tensorflow/tfjs';
import { type ImageBatch, resizedCrop } from '../../src/index.js';
import { largestDifference, noise } from '../gradientCheck.js';
import { leavesNoTensors, onEachBackend } from '../onEachBackend.js';
import { expected, golden, image, SHAPES } from './images.js';

onEachBackend(() => {
  it.each(golden.crop)('equals PyTorch: $box of shape $shape', ({ shape, box, result }) => {
    tf.tidy(() => {
      expect(largestDifference(resizedCrop(image(shape), [box]), expected(result, shape))).toBeLessThan(3e-6);
    });
  });

  describe.each(SHAPES)('of shape %j', (shape) => {
    const spatial = shape.slice(1, -1);
    const whole = { start: spatial.map(() => 0), size: spatial };

    it('gives the input for the whole of it', () => {
      tf.tidy(() => {
        const x = noise(shape, 1) as ImageBatch;
        const y = resizedCrop(
          x,
          Array.from({ length: shape[0] }, () => whole),
        );
        expect(largestDifference(y, x)).toBe(0);
      });
    });

    it('crops each sample by its own box, as if it were alone', () => {
      tf.tidy(() => {
        const x = noise(shape, 2) as ImageBatch;
        const boxes = Array.from({ length: shape[0] }, (_, i) => ({ start: spatial.map(() => i % 2), size: spatial.map(() => 2) }));
        const alone = (tf.split(x as tf.Tensor, shape[0]) as ImageBatch[]).map((sample, i) => resizedCrop(sample, [boxes[i]!]));
        expect(largestDifference(resizedCrop(x, boxes), tf.concat(alone as tf.Tensor[]))).toBeLessThan(1e-6);
      });
    });

    it('frees what it makes', async () => {
      const x = noise(shape, 3) as ImageBatch;
      const boxes = Array.from({ length: shape[0] }, () => ({ start: spatial.map(() => 1), size: spatial.map(() => 1) }));
      await leavesNoTensors(() => resizedCrop(x, boxes).dispose());
      x.dispose();
    });
  });

  it.each([
    [{ start: [0, 0], size: [4, 6] }],
    [{ start: [-1, 0], size: [2, 2] }],
    [{ start: [2, 0], size: [2, 0] }],
    [{ start: [2], size: [2] }],
  ])('refuses %j in 4 x 5', (box) => {
    const x = noise([1, 4, 5, 1], 1) as ImageBatch;
    expect(() => resizedCrop(x, [box])).toThrow(/nn\/box-outside[^]*4 x 5/);
    x.dispose();
  });
});
