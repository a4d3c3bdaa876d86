import * as tf from '@tensorflow/tfjs';
import { sumOfSquares } from '../src/index.js';
import { noise } from './gradientCheck.js';
import { leavesNoTensors, onEachBackend } from './onEachBackend.js';

onEachBackend(() => {
  it('is the sum of the squares', () => {
    const x = noise([100, 1000], 1);
    const exact = x.dataSync<'float32'>().reduce((sum: number, value) => sum + value ** 2, 0);
    const found = sumOfSquares(x);
    expect(found.shape).toEqual([]);
    expect(Math.abs(found.dataSync()[0]! / exact - 1)).toBeLessThan(2e-6);
    tf.dispose([x, found]);
  });

  it('frees all but the sum', async () => {
    const x = noise([3, 4], 1);
    await leavesNoTensors(() => sumOfSquares(x).dispose());
    x.dispose();
  });
});
