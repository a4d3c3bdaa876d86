import * as tf from '@tensorflow/tfjs';
import { batchNormInference, batchNormTraining, composed, type BatchNormTensors } from '../src/ops/batchNorm.js';
import { golden } from './golden.js';
import { gradientError, largestDifference, noise } from './gradientCheck.js';
import { leavesNoTensors, onBackend, onEachBackend } from './onEachBackend.js';

type Numbers = readonly number[];
interface Case {
  readonly name: string;
  readonly shape: number[];
  readonly scale: number[];
  readonly offset: number[];
  readonly steps: readonly Record<'x' | 'dy' | 'y' | 'dx' | 'dScale' | 'dOffset' | 'runningMean' | 'runningVariance', Numbers>[];
  readonly evaluation: { readonly x: Numbers; readonly y: Numbers };
}

const NUMBERS = { epsilon: 1e-5, momentum: 0.1 };
const vector = (values: Numbers) => tf.tensor1d([...values], 'float32');

onEachBackend(() => {
  describe.each(golden<Case>('batchNorm'))('batch norm over $name', ({ shape, scale, offset, steps, evaluation }) => {
    const tensor = (values: Numbers) => tf.tensor([...values], shape, 'float32');

    it("equals PyTorch's outputs, gradients and running statistics over several batches", () => {
      tf.tidy(() => {
        const learned = { scale: vector(scale), offset: vector(offset) };
        let [runningMean, runningVariance] = [vector([0, 0, 0]), vector([1, 1, 1])];
        for (const step of steps) {
          const normalize = (x: tf.Tensor, s: tf.Tensor, o: tf.Tensor) =>
            batchNormTraining(x, { scale: s as tf.Tensor1D, offset: o as tf.Tensor1D, runningMean, runningVariance }, NUMBERS);
          const inputs = [tensor(step.x), learned.scale, learned.offset] as const;
          const after = normalize(...inputs);
          const [dx, dScale, dOffset] = tf.grads((x, s, o) => normalize(x!, s!, o!).y)([...inputs], tensor(step.dy));
          expect(largestDifference(after.y, tensor(step.y))).toBeLessThan(2e-5);
          expect(largestDifference(dx!, tensor(step.dx))).toBeLessThan(1e-4);
          expect(largestDifference(dScale!, vector(step.dScale))).toBeLessThan(1e-5);
          expect(largestDifference(dOffset!, vector(step.dOffset))).toBeLessThan(1e-5);
          expect(largestDifference(after.runningMean, vector(step.runningMean))).toBeLessThan(5e-6);
          expect(largestDifference(after.runningVariance, vector(step.runningVariance))).toBeLessThan(5e-6);
          [runningMean, runningVariance] = [after.runningMean, after.runningVariance];
        }
        const tensors = { ...learned, runningMean, runningVariance };
        expect(largestDifference(batchNormInference(tensor(evaluation.x), tensors, 1e-5), tensor(evaluation.y))).toBeLessThan(1e-5);
      });
    });
  });

  it.each<{ shape: number[] }>([{ shape: [8, 5] }, { shape: [3, 4, 4, 16] }, { shape: [2, 2, 3, 4, 7] }])(
    'rectified, is the rectifier over the norm at shape $shape, with its gradients and statistics',
    ({ shape }) => {
      tf.tidy(() => {
        const channels = shape.at(-1)!;
        const inputs = [noise(shape, 1), noise([channels], 2), noise([channels], 3)];
        const norm = (x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor, rectified: boolean) =>
          batchNormTraining(x, tensorsOf(scale, offset), { ...NUMBERS, rectified });
        const dy = noise(shape, 4);
        const gradients = (f: (x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor) => tf.Tensor) =>
          tf.grads((x, scale, offset) => f(x!, scale!, offset!))(inputs, dy);
        const [x, scale, offset] = inputs as [tf.Tensor, tf.Tensor, tf.Tensor];
        const [plain, rectified] = [norm(x, scale, offset, false), norm(x, scale, offset, true)];
        expect(largestDifference(rectified.y, tf.relu(plain.y))).toBeLessThan(1e-6);
        expect(largestDifference(rectified.runningVariance, plain.runningVariance)).toBeLessThan(1e-6);
        const expected = gradients((...given) => tf.relu(norm(...given, false).y));
        gradients((...given) => norm(...given, true).y).forEach((gradient, i) => {
          expect(largestDifference(gradient, expected[i]!)).toBeLessThan(1e-5);
        });
      });
    },
  );

  it('has the gradients that differences show', () => {
    tf.tidy(() => {
      const y = (x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor) => batchNormTraining(x, tensorsOf(scale, offset), NUMBERS).y;
      expect(gradientError(y, [noise([3, 2, 3, 2], 1), noise([2], 2), noise([2], 3)])).toBeLessThan(5e-3);
    });
  });

  it('frees what it makes', async () => {
    const [x, scale, offset] = [noise([3, 2, 2, 2, 2], 1), noise([2], 2), noise([2], 3)];
    for (const rectified of [false, true]) {
      const norm = (at: tf.Tensor, s: tf.Tensor, o: tf.Tensor) => batchNormTraining(at, tensorsOf(s, o), { ...NUMBERS, rectified }).y;
      await leavesNoTensors(() => tf.dispose(tf.tidy(() => norm(x, scale, offset))));
      await leavesNoTensors(() => tf.dispose(tf.grads((at, s, o) => norm(at!, s!, o!))([x, scale, offset])));
    }
    tf.dispose([x, scale, offset]);
  });
});

onBackend('tensorflow', () => {
  it.each<{ shape: number[] }>([{ shape: [8, 5] }, { shape: [4, 6, 6, 16] }, { shape: [2, 4, 6, 8, 32] }])(
    'the fused form equals the composition at shape $shape',
    ({ shape }) => {
      tf.tidy(() => {
        const [x, scale, offset, dy] = [noise(shape, 1), noise([shape.at(-1)!], 2), noise([shape.at(-1)!], 3), noise(shape, 4)];
        const [fused, plain] = [batchNormTraining, composed].map((form) => {
          const { y, runningMean, runningVariance } = form(x, tensorsOf(scale, offset), NUMBERS);
          const gradients = tf.grads((at, s, o) => form(at!, tensorsOf(s!, o!), NUMBERS).y)([x, scale, offset], dy);
          return [y, runningMean, runningVariance, ...gradients];
        });
        fused!.forEach((tensor, i) => expect(largestDifference(tensor, plain![i]!)).toBeLessThan(2e-5));
      });
    },
  );
});

function tensorsOf(scale: tf.Tensor, offset: tf.Tensor): BatchNormTensors {
  const fill = (value: number) => tf.fill([scale.size], value) as tf.Tensor1D;
  return { scale: scale as tf.Tensor1D, offset: offset as tf.Tensor1D, runningMean: fill(0.3), runningVariance: fill(2) };
}
