import { jest } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import { affine, affineMatrix } from '../../src/index.js';
import { largestDifference } from '../gradientCheck.js';
import { leavesNoTensors, onBackend } from '../onEachBackend.js';
import { expected, golden, image } from './images.js';

onBackend('tensorflow', () => {
  beforeAll(() => {
    Object.assign(tf.backend(), { isUsingGpuDevice: true }); // before anything of nn has looked
  });

  it.each(golden.affine)('equals MONAI without taking the image off the device: $name', ({ shape, kind, parts, padding, result }) => {
    tf.tidy(() => {
      const x = image(shape, kind);
      const read = jest.spyOn(tf.Tensor.prototype, 'dataSync');
      const y = affine(x, [affineMatrix(parts, shape.length === 3 ? 2 : 3)], { padding });
      expect(read).not.toHaveBeenCalled();
      read.mockRestore();
      expect(largestDifference(y, expected(result, shape))).toBeLessThan(3e-5); // places of single precision
    });
  });

  it('frees what it makes', async () => {
    const x = image([4, 5, 6, 2]);
    await leavesNoTensors(() => affine(x, [affineMatrix({ rotation: [0.3, 0.2, 0.1] }, 3)], { padding: 'zeros' }).dispose());
    x.dispose();
  });
});
