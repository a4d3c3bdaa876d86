import * as tf from '@tensorflow/tfjs';
import { averagePool, input, model } from '../src/index.js';
import { averagePooling } from '../src/ops/averagePool.js';
import type { Padding } from '../src/ops/padding.js';
import { gradientError, largestDifference, noise } from './gradientCheck.js';
import { leavesNoTensors, onEachBackend } from './onEachBackend.js';
import { slidingWindows } from './slidingWindows.js';

interface Window {
  readonly shape: readonly number[];
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: Padding;
}

const WINDOWS: Readonly<Record<string, Window>> = {
  '2-D, 2x2, stride 2': { shape: [2, 6, 8, 3], kernel: [2, 2], stride: [2, 2], padding: 0 },
  '2-D, 2x2, stride 2, odd extents': { shape: [1, 5, 7, 2], kernel: [2, 2], stride: [2, 2], padding: 0 },
  '2-D, 3x3, padding 1': { shape: [2, 5, 4, 2], kernel: [3, 3], stride: [1, 1], padding: 1 },
  '2-D, padding on one side': { shape: [1, 5, 5, 1], kernel: [3, 3], stride: [2, 2], padding: [[0, 1], 1] },
  '3-D, 2x2x2, stride 2': { shape: [2, 4, 6, 4, 2], kernel: [2, 2, 2], stride: [2, 2, 2], padding: 0 },
  '3-D, 3x3x3, padding 1, one axis kept whole': { shape: [1, 6, 5, 4, 2], kernel: [3, 3, 3], stride: [2, 2, 1], padding: 1 },
};

onEachBackend(() => {
  describe.each(Object.entries(WINDOWS))('%s', (_, { shape, kernel, stride, padding }) => {
    const pool = (x: tf.Tensor) => averagePooling(x, { kernel, stride, padding });

    it('is the sum over each window, divided by its whole size', () => {
      tf.tidy(() => {
        const x = noise(shape, 1);
        const size = kernel.reduce((product, n) => product * n, 1);
        const expected = slidingWindows(x, { kernel, stride, padding }, shape.at(-1)!, (window, out) =>
          window.reduce((sum, { value, channel }) => (channel === out ? sum + value / size : sum), 0),
        );
        expect(largestDifference(pool(x), expected)).toBeLessThan(1e-6);
      });
    });

    it('has the gradient of a mean', () => {
      tf.tidy(() => expect(gradientError(pool, [noise(shape, 1)])).toBeLessThan(2e-3));
    });

    it('frees what it makes', async () => {
      const x = noise(shape, 1);
      await leavesNoTensors(() => tf.dispose(tf.tidy(() => pool(x))));
      x.dispose();
    });
  });

  it("counts padding as zeros, as PyTorch's AvgPool2d(3, 2, 1) and AvgPool3d(2, 2, 1)", () => {
    const ofCounting = (shape: number[], config: { kernel: number; stride: number; padding: number }) =>
      tf.tidy(() => {
        const x = input(shape);
        const layer = model(x, averagePool(x, config));
        return Array.from((layer.predict(tf.reshape(tf.range(0, tf.util.sizeFromShape(shape)), [1, ...shape])) as tf.Tensor).dataSync());
      });
    const rounded = (values: number[]) => values.map((value) => Math.round(value * 1e4) / 1e4);
    expect(rounded(ofCounting([4, 5, 1], { kernel: 3, stride: 2, padding: 1 }))).toEqual(PLANE); // PyTorch 2.15.0
    expect(ofCounting([3, 4, 4, 1], { kernel: 2, stride: 2, padding: 1 })).toEqual(BOX);
  });
});

const PLANE = [1.3333, 3, 2.6667, 7, 12, 9];
const BOX = [0, 0.375, 0.375, 1.5, 3.75, 2.25, 1.5, 3.375, 1.875, 6, 12.75, 6.75, 15, 31.5, 16.5, 9, 18.75, 9.75];
