import * as tf from '@tensorflow/tfjs';
import { convolution } from '../src/ops/conv.js';
import { maxPooling } from '../src/ops/maxPool.js';
import type { Padding } from '../src/ops/padding.js';
import { slidingWindows } from './slidingWindows.js';
import { gradientError, largestDifference, noise, spaced } from './gradientCheck.js';
import { leavesNoTensors, onBackend, onEachBackend } from './onEachBackend.js';

interface Window {
  readonly shape: readonly number[];
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: Padding;
}

const WINDOWS: Readonly<Record<string, Window>> = {
  '2-D, 3x3, padding 1': { shape: [2, 6, 5, 2], kernel: [3, 3], stride: [1, 1], padding: 1 },
  '2-D, 3x3, stride 2, padding 1, even extents': { shape: [2, 6, 8, 2], kernel: [3, 3], stride: [2, 2], padding: 1 },
  '2-D, 1x1, stride 2': { shape: [1, 5, 6, 3], kernel: [1, 1], stride: [2, 2], padding: 0 },
  '3-D, 1x1x1, strides that fit': { shape: [2, 6, 4, 4, 2], kernel: [1, 1, 1], stride: [3, 1, 2], padding: 0 },
  '3-D, 1x1x1, uneven strides': { shape: [2, 3, 4, 5, 2], kernel: [1, 1, 1], stride: [2, 1, 2], padding: 0 },
  '2-D, padding on one side': { shape: [1, 5, 5, 1], kernel: [3, 3], stride: [2, 2], padding: [[0, 1], 1] },
  '3-D, 3x3x3, padding 1': { shape: [1, 4, 5, 4, 2], kernel: [3, 3, 3], stride: [1, 1, 1], padding: 1 },
  '3-D, 3x3x3, stride 2, padding 1': { shape: [2, 4, 6, 5, 2], kernel: [3, 3, 3], stride: [2, 2, 2], padding: 1 },
  '3-D, one axis kept whole': { shape: [1, 6, 6, 5, 1], kernel: [3, 3, 3], stride: [2, 2, 1], padding: 1 },
};

onBackend('tensorflow', () => {
  it('takes the gradient of a strided 1x1 window over few channels, which by oneDNN alone ends the process', () => {
    for (const side of [8, 16, 32]) {
      tf.tidy(() => {
        const [x, filter] = [noise([1, side, side, 8], 1), noise([1, 1, 8, 16], 2)];
        const f = (a: tf.Tensor, b: tf.Tensor) => tf.sum(convolution(a, b, { stride: [2, 2], padding: 0 })) as tf.Scalar;
        for (let i = 0; i < 50; i++)
          for (const gradient of tf.grads(f)([x, filter])) expect(gradient.dataSync().every(Number.isFinite)).toBe(true);
      });
    }
  });
});

onEachBackend(() => {
  describe.each(Object.entries(WINDOWS))('%s', (_, { shape, kernel, stride, padding }) => {
    const filterShape = [...kernel, shape.at(-1)!, 3];
    const conv = (x: tf.Tensor, filter: tf.Tensor) => convolution(x, filter, { stride, padding });
    const pool = (x: tf.Tensor) => maxPooling(x, { kernel, stride, padding });

    it('convolves as the sum over each window', () => {
      tf.tidy(() => {
        const [x, filter] = [noise(shape, 1), noise(filterShape, 2)];
        const taps = filter.dataSync();
        const channels = shape.at(-1)!;
        const expected = slidingWindows(x, { kernel, stride, padding }, 3, (window, out) =>
          window.reduce((sum, { value, tap, channel }) => sum + value * taps[(tap * channels + channel) * 3 + out]!, 0),
        );
        expect(largestDifference(conv(x, filter), expected)).toBeLessThan(1e-5);
      });
    });

    it('has the gradients of a convolution', () => {
      tf.tidy(() => expect(gradientError(conv, [noise(shape, 1), noise(filterShape, 2)])).toBeLessThan(2e-3));
    });

    it('pools the largest value, negative ones too', () => {
      tf.tidy(() => {
        const x = tf.sub(noise(shape, 3), 5);
        const expected = slidingWindows(x, { kernel, stride, padding }, shape.at(-1)!, (window, out) =>
          Math.max(...window.filter(({ channel }) => channel === out).map(({ value }) => value)),
        );
        expect(largestDifference(pool(x), expected)).toBe(0);
      });
    });

    it('has the gradient of a maximum', () => {
      tf.tidy(() => expect(gradientError(pool, [spaced(shape, 4)])).toBeLessThan(2e-3));
    });

    it('frees what it makes', async () => {
      const [x, filter] = [noise(shape, 1), noise(filterShape, 2)];
      await leavesNoTensors(() => tf.dispose([tf.tidy(() => conv(x, filter)), tf.tidy(() => pool(x))]));
      tf.dispose([x, filter]);
    });
  });
});
