import * as tf from '@tensorflow/tfjs';
import { depthwiseConvolution } from '../src/ops/depthwise.js';
import { byPlanes } from '../src/ops/depthwisePlanes.js';
import { byShifts } from '../src/ops/depthwiseShifts.js';
import { depthwiseWindow } from '../src/ops/depthwiseWindow.js';
import type { Padding } from '../src/ops/padding.js';
import { golden } from './golden.js';
import { gradientError, largestDifference, noise } from './gradientCheck.js';
import { leavesNoTensors, onBackend, onEachBackend } from './onEachBackend.js';
import { slidingWindows } from './slidingWindows.js';

interface Window {
  readonly shape: readonly number[];
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: Padding;
}

const WINDOWS: Readonly<Record<string, Window>> = {
  '2-D, 3x3': { shape: [2, 6, 5, 3], kernel: [3, 3], stride: [1, 1], padding: 1 },
  '2-D, 5x5, stride 2, less padding before than behind': { shape: [1, 8, 6, 2], kernel: [5, 5], stride: [2, 2], padding: [[1, 2], [1, 2]] }, // prettier-ignore
  '2-D, 3x3, strides that differ': { shape: [2, 6, 5, 2], kernel: [3, 3], stride: [2, 1], padding: 1 },
  '3-D, 3x3x3': { shape: [2, 4, 5, 4, 3], kernel: [3, 3, 3], stride: [1, 1, 1], padding: 1 },
  '3-D, 3x3x3, stride 2, padding behind': { shape: [2, 6, 4, 4, 2], kernel: [3, 3, 3], stride: [2, 2, 2], padding: [[0, 1], [0, 1], [0, 1]] }, // prettier-ignore
  '3-D, 5x5x5, stride 2, odd depth': { shape: [1, 5, 6, 6, 2], kernel: [5, 5, 5], stride: [2, 2, 2], padding: [2, [1, 2], [1, 2]] },
  '3-D, kernel larger than the depth': { shape: [2, 1, 3, 2, 2], kernel: [5, 5, 5], stride: [1, 1, 1], padding: 2 },
  '3-D, one axis kept whole': { shape: [1, 5, 4, 4, 2], kernel: [3, 3, 3], stride: [2, 2, 1], padding: 1 },
  '3-D, stride larger than the kernel': { shape: [1, 7, 5, 5, 2], kernel: [1, 2, 2], stride: [3, 3, 3], padding: 0 },
  '3-D, windows over padding alone': { shape: [1, 2, 3, 3, 2], kernel: [1, 3, 3], stride: [1, 1, 1], padding: [[2, 1], 1, 1] },
};

interface Case {
  readonly name: string;
  readonly stride: number[];
  readonly padding: [number, number][];
  readonly shapes: { readonly x: number[]; readonly filter: number[]; readonly y: number[] };
  readonly x: number[];
  readonly filter: number[];
  readonly dy: number[];
  readonly y: number[];
  readonly dx: number[];
  readonly dFilter: number[];
}

onEachBackend(() => {
  describe.each(Object.entries(WINDOWS))('depthwise, %s', (_, { shape, kernel, stride, padding }) => {
    const channels = shape.at(-1)!;
    const filterShape = [...kernel, 1, channels];
    const conv = (x: tf.Tensor, filter: tf.Tensor) => depthwiseConvolution(x, filter, { stride, padding });

    it('sums over each window, channel by channel', () => {
      tf.tidy(() => {
        const [x, filter] = [noise(shape, 1), noise(filterShape, 2)];
        const taps = filter.dataSync();
        const expected = slidingWindows(x, { kernel, stride, padding }, channels, (window, out) =>
          window.reduce((sum, { value, tap, channel }) => (channel === out ? sum + value * taps[tap * channels + channel]! : sum), 0),
        );
        expect(largestDifference(conv(x, filter), expected)).toBeLessThan(1e-5);
      });
    });

    it('has the gradients that differences show', () => {
      tf.tidy(() => expect(gradientError(conv, [noise(shape, 1), noise(filterShape, 2)])).toBeLessThan(2e-3));
    });

    it('frees what it makes', async () => {
      const [x, filter] = [noise(shape, 1), noise(filterShape, 2)];
      await leavesNoTensors(() => tf.dispose(conv(x, filter)));
      await leavesNoTensors(() => tf.dispose(tf.grads((at, taps) => conv(at!, taps!))([x, filter])));
      tf.dispose([x, filter]);
    });
  });

  it.each(golden<Case>('depthwise'))("equals PyTorch's outputs and gradients: $name", ({ stride, padding, shapes, ...values }) => {
    tf.tidy(() => {
      const [x, filter, dy] = [tf.tensor(values.x, shapes.x), tf.tensor(values.filter, shapes.filter), tf.tensor(values.dy, shapes.y)];
      const conv = (at: tf.Tensor, taps: tf.Tensor) => depthwiseConvolution(at, taps, { stride, padding });
      const [dx, dFilter] = tf.grads((at, taps) => conv(at!, taps!))([x, filter], dy);
      expect(largestDifference(conv(x, filter), tf.tensor(values.y, shapes.y))).toBeLessThan(1e-5);
      expect(largestDifference(dx!, tf.tensor(values.dx, shapes.x))).toBeLessThan(1e-5);
      expect(largestDifference(dFilter!, tf.tensor(values.dFilter, shapes.filter))).toBeLessThan(1e-5);
    });
  });
});

onBackend('tensorflow', () => {
  it.each(Object.entries(WINDOWS).filter(([, { stride }]) => stride.at(-1) === stride.at(-2)))(
    'plane by plane it is what shifts and multiplications give: %s',
    (_, { shape, kernel, stride, padding }) => {
      tf.tidy(() => {
        const window = depthwiseWindow(noise(shape, 1), noise([...kernel, 1, shape.at(-1)!], 2), { stride, padding });
        const [b, c] = [shape[0]!, shape.at(-1)!];
        const [x, filter] = [noise([b, ...window.input, c], 1) as tf.Tensor5D, noise([...window.kernel, c], 2) as tf.Tensor4D];
        const dy = noise([b, ...window.output, c], 3) as tf.Tensor5D;
        expect(largestDifference(byPlanes.forward(x, filter, window), byShifts.forward(x, filter, window))).toBeLessThan(1e-5);
        expect(largestDifference(byPlanes.inputGradient(dy, filter, window), byShifts.inputGradient(dy, filter, window))).toBeLessThan(
          1e-5,
        );
        expect(largestDifference(byPlanes.filterGradient(x, dy, window), byShifts.filterGradient(x, dy, window))).toBeLessThan(1e-5);
      });
    },
  );
});
