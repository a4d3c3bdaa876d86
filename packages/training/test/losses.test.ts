import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import {
  binaryCrossEntropyWithLogits,
  type BinaryCrossEntropyOptions,
  categoricalCrossEntropyWithLogits,
  type CategoricalCrossEntropyOptions,
  lossOf,
} from '../src/index.js';
import { golden } from './golden.js';
import { onEachBackend } from './onEachBackend.js';

interface LossCase<Logits, Options> {
  readonly name: string;
  readonly logits: Logits;
  readonly labels: number[] | number[][];
  readonly options: Options;
  readonly loss: number;
  readonly gradient: Logits;
}

const torch = golden<{
  readonly binary: LossCase<number[], BinaryCrossEntropyOptions>[];
  readonly categorical: LossCase<number[][], CategoricalCrossEntropyOptions>[];
}>('losses'); // PyTorch and NumPy in float64, tools/golden/training_losses.py

onEachBackend(() => {
  it.each(torch.binary)('equals binary cross-entropy of PyTorch: $name', ({ logits, labels, options, loss, gradient }) => {
    const [x, y] = [tf.tensor2d(logits, [logits.length, 1]), tf.tensor1d(labels as number[])];
    const found = tf.valueAndGrad((at) => binaryCrossEntropyWithLogits(y, at, options))(x);
    expectLoss(found, loss, gradient);
    tf.dispose([x, y, found.value, found.grad]);
  });

  it.each(torch.categorical)('equals categorical cross-entropy of PyTorch: $name', ({ logits, labels, options, loss, gradient }) => {
    const [x, y] = [tf.tensor2d(logits), tf.tensor(labels)];
    const found = tf.valueAndGrad((at) => categoricalCrossEntropyWithLogits(y, at, options))(x);
    expectLoss(found, loss, gradient.flat());
    tf.dispose([x, y, found.value, found.grad]);
  });
});

describe('losses', () => {
  const number = (scalar: tf.Scalar) => {
    const [value] = scalar.dataSync();
    scalar.dispose();
    return value!;
  };

  it('are ln c where the model says nothing', () => {
    expect(number(binaryCrossEntropyWithLogits(tf.tensor1d([0, 1, 1]), tf.zeros([3, 1])))).toBeCloseTo(Math.LN2, 6);
    expect(number(categoricalCrossEntropyWithLogits(tf.tensor1d([0, 3, 4]), tf.zeros([3, 5])))).toBeCloseTo(Math.log(5), 6);
  });

  it('of two classes are the same by one logit and by two', () => {
    const logits = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(logits, fc.infiniteStream(fc.boolean()), fc.double({ min: 0, max: 1, noNaN: true }), (xs, coins, labelSmoothing) => {
        const labels = xs.map(() => Number(coins.next().value));
        const one = binaryCrossEntropyWithLogits(tf.tensor1d(labels), tf.tensor2d(xs, [xs.length, 1]), { labelSmoothing });
        const two = categoricalCrossEntropyWithLogits(tf.tensor1d(labels), tf.tensor2d(xs.map((x) => [0, x])), { labelSmoothing });
        expect(number(one)).toBeCloseTo(number(two), 4); // logits to 50 in float32
      }),
    );
  });

  it('of weighted parts are that of the whole by their weights', async () => {
    const { mean, weight } = lossOf({ kind: 'categorical-cross-entropy-with-logits', classWeights: [0.5, 2, 4] });
    const [labels, logits] = [tf.tensor1d([0, 1, 2, 2, 1]), tf.tensor2d(torch.categorical[0]!.logits.slice(0, 2).concat([[1, 2, 3], [0, 1, 0], [4, 0, 1]]))]; // prettier-ignore
    const parts = [[0, 2], [2, 3]].map(([begin, size]) => [tf.slice(labels, begin!, size!), tf.slice(logits, begin!, size!)] as const); // prettier-ignore
    const weights = await Promise.all(parts.map(([part]) => weight(part)));
    expect(weights).toEqual([2.5, 10]);
    const sum = parts.reduce((total, [y, x], i) => total + weights[i]! * number(mean(y, x)), 0);
    expect(sum / (await weight(labels))).toBeCloseTo(number(mean(labels, logits)), 6);
  });

  it('are no number where a label is no class', () => {
    expect(number(categoricalCrossEntropyWithLogits(tf.tensor1d([0, 3]), tf.zeros([2, 3])))).toBeNaN();
    expect(number(categoricalCrossEntropyWithLogits(tf.tensor1d([0, -1]), tf.zeros([2, 3])))).toBeNaN();
  });

  it('refuse a number of class weights that is not that of the logits', () => {
    expect(() => categoricalCrossEntropyWithLogits(tf.tensor1d([0]), tf.zeros([1, 3]), { classWeights: [1, 2] })).toThrow(
      /training\/class-weights: .*\n {2}expected 3 weights, one a logit, found 2/,
    );
  });

  it('free all but the result', () => {
    const [y, x] = [tf.tensor1d([0, 1]), tf.zeros([2, 1])];
    const before = tf.memory().numTensors;
    binaryCrossEntropyWithLogits(y, x, { positiveWeight: 2, labelSmoothing: 0.1 });
    categoricalCrossEntropyWithLogits(y, tf.zeros([2, 2]), { classWeights: [1, 2], labelSmoothing: 0.1 });
    expect(tf.memory().numTensors - before).toBe(3);
  });
});

/** float32 against float64: 1e-6 of the loss, which holds logits of 1e4, and of a gradient's largest value. */
function expectLoss({ value, grad }: { value: tf.Scalar; grad: tf.Tensor }, loss: number, gradient: readonly number[]): void {
  expect(Math.abs(value.dataSync()[0]! / loss - 1)).toBeLessThan(1e-6);
  const found = grad.dataSync();
  gradient.forEach((expected, i) => expect(Math.abs(found[i]! - expected)).toBeLessThan(1e-7));
}
