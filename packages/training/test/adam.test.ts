import * as tf from '@tensorflow/tfjs';
import { adam, type AdamOptions } from '../src/index.js';
import { golden } from './golden.js';
import { onCpu } from './onCpu.js';

interface AdamGolden {
  readonly start: number[];
  readonly target: number[];
  readonly curvature: number[];
  readonly afterSteps: number[];
  readonly cases: { readonly name: string; readonly options: AdamOptions & { readonly halveAt?: number }; readonly weights: number[][] }[];
}

const torch = golden<AdamGolden>('adam'); // PyTorch in float64, tools/golden/training_adam.py

beforeAll(onCpu);

describe('adam', () => {
  // 1e-6: some ten roundings of 6e-8 a step, which on this problem do not add up
  it.each(torch.cases)('equals PyTorch over 50 steps: $name', ({ options, weights: expected }) => {
    const { halveAt = Infinity, ...named } = options;
    const optimizer = adam(named);
    const weights = [tf.variable(tf.tensor1d(torch.start))];
    const state = optimizer.init(weights);
    const [target, curvature] = [tf.tensor1d(torch.target), tf.tensor1d(torch.curvature)];
    for (let step = 1; step <= 50; step++) {
      const gradient = tf.tidy(() => tf.mul(curvature, tf.sub(weights[0]!, target)));
      optimizer.update(weights, [gradient], state, optimizer.learningRate * (step > halveAt ? 0.5 : 1));
      gradient.dispose();
      const row = torch.afterSteps.indexOf(step);
      if (row >= 0) expect(largestRelativeDifference(weights[0]!.dataSync(), expected[row]!)).toBeLessThan(1e-6);
    }
  });

  it('leaves a weight alone that has no gradient, decay or not', () => {
    const optimizer = adam({ learningRate: 0.1, weightDecay: 0.5 });
    const weights = [tf.variable(tf.tensor1d([1])), tf.variable(tf.tensor1d([1]))];
    optimizer.update(weights, [tf.tensor1d([1]), undefined], optimizer.init(weights), 0.1);
    expect(weights.map((weight) => weight.dataSync()[0])).toEqual([expect.closeTo(0.9, 6), 1]);
  });

  it('frees all but its two slots for each weight', () => {
    const optimizer = adam({ learningRate: 0.1 });
    const weights = [tf.variable(tf.zeros([3])), tf.variable(tf.zeros([2, 2]))];
    const gradients = [tf.ones([3]), tf.ones([2, 2])];
    const before = tf.memory().numTensors;
    const state = optimizer.init(weights);
    optimizer.update(weights, gradients, state, 0.1);
    optimizer.update(weights, gradients, state, 0.1);
    expect(tf.memory().numTensors - before).toBe(4);
  });
});

function largestRelativeDifference(actual: ArrayLike<number>, expected: readonly number[]): number {
  return Math.max(...expected.map((value, i) => Math.abs(actual[i]! / value - 1)));
}
