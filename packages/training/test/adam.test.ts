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
      optimizer.update([gradient], state, optimizer.learningRate * (step > halveAt ? 0.5 : 1));
      gradient.dispose();
      const row = torch.afterSteps.indexOf(step);
      if (row >= 0) expect(largestRelativeDifference(weights[0]!.dataSync(), expected[row]!)).toBeLessThan(1e-6);
    }
  });

  it('goes on from what was read as if it had not stopped', () => {
    const optimizer = adam({ learningRate: 0.1 });
    const gradients = [tf.tensor1d([1, -2]), tf.tensor2d([[0.5]])];
    const weights = [0, 1].map(() => [tf.variable(tf.tensor1d([1, 2])), tf.variable(tf.tensor2d([[3]]))]);
    const [straight, stopped] = weights.map((both) => optimizer.init(both));
    optimizer.update(gradients, straight!, 0.1);
    optimizer.update(gradients, stopped!, 0.1);
    const resumed = optimizer.init(weights[1]!);
    resumed.restore(stopped!.read());
    resumed.steps = stopped!.steps;
    optimizer.update(gradients, straight!, 0.1);
    optimizer.update(gradients, resumed, 0.1);
    expect(weights[1]!.map((weight) => weight.arraySync())).toEqual(weights[0]!.map((weight) => weight.arraySync()));
  });

  it('frees all that it made', () => {
    const optimizer = adam({ learningRate: 0.1, weightDecay: 0.1 });
    const weights = [tf.variable(tf.zeros([3])), tf.variable(tf.zeros([2, 2]))];
    const gradients = [tf.ones([3]), tf.ones([2, 2])];
    const before = tf.memory().numTensors;
    const state = optimizer.init(weights);
    optimizer.update(gradients, state, 0.1);
    optimizer.update(gradients, state, 0.1);
    state.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

function largestRelativeDifference(actual: ArrayLike<number>, expected: readonly number[]): number {
  return Math.max(...expected.map((value, i) => Math.abs(actual[i]! / value - 1)));
}
