import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { type OptimizerConfig, optimizerOf, sgd } from '../src/index.js';
import { golden } from './golden.js';
import { onEachBackend } from './onEachBackend.js';

interface Paths {
  readonly shapes: number[][];
  readonly start: number[][];
  readonly target: number[][];
  readonly curvature: number[][];
  readonly afterSteps: number[];
  readonly cases: { readonly name: string; readonly config: OptimizerConfig; readonly halveAt?: number; readonly weights: number[][][] }[];
}

const paths = golden<Paths>('optimizers'); // PyTorch and NumPy in float64, tools/golden/training_optimizers.py

const EACH: OptimizerConfig[] = [
  { kind: 'adam', learningRate: 0.1, weightDecay: 0.1 },
  { kind: 'adamw', learningRate: 0.1, weightDecay: 0.1, decay: 'matrices' },
  { kind: 'sgd', learningRate: 0.1 },
  { kind: 'sgd', learningRate: 0.1, momentum: 0.9, dampening: 0.2, weightDecay: 0.1 },
  { kind: 'lars', learningRate: 0.1, weightDecay: 0.1 },
];

const tensors = (values: readonly number[][]) => values.map((row, i) => tf.tensor(row, paths.shapes[i]!));
const variables = () => tf.tidy(() => tensors(paths.start).map((start) => tf.variable(start)));
const values = (weights: readonly tf.Variable[]) => weights.map((weight) => [...weight.dataSync()]);
const gradientsAt = (step: number) => tensors(paths.start.map((row) => row.map((value) => Math.sin(value * 37 * step))));

onEachBackend(() => {
  // 1e-6: some ten roundings of 6e-8 a step, which on this problem do not add up
  it.each(paths.cases)('equals the reference over 50 steps: $name', ({ config, halveAt = Infinity, weights: expected }) => {
    const optimizer = optimizerOf(config);
    const weights = variables();
    const state = optimizer.init(weights);
    const [target, curvature] = [tensors(paths.target), tensors(paths.curvature)];
    for (let step = 1; step <= 50; step++) {
      const gradients = tf.tidy(() => weights.map((weight, i) => tf.mul(curvature[i]!, tf.sub(weight, target[i]!))));
      optimizer.update(gradients, state, optimizer.learningRate * (step > halveAt ? 0.5 : 1));
      tf.dispose(gradients);
      const row = paths.afterSteps.indexOf(step);
      if (row >= 0) expect(largestRelativeDifference(values(weights).flat(), expected[row]!.flat())).toBeLessThan(1e-6);
    }
    state.dispose();
    tf.dispose([...weights, ...target, ...curvature]);
  });

  it.each(EACH)('goes on bit for bit from what was read: $kind', (config) => {
    const optimizer = optimizerOf(config);
    const [straight, stopped] = [variables(), variables()];
    const states = [optimizer.init(straight), optimizer.init(stopped)];
    const step = (n: number) => {
      const gradients = gradientsAt(n);
      states.forEach((state) => optimizer.update(gradients, state, 0.1));
      tf.dispose(gradients);
    };
    [1, 2].forEach(step);
    const resumed = optimizer.init(stopped);
    resumed.restore(states[1]!.read());
    resumed.steps = states[1]!.steps;
    states[1]!.dispose();
    states[1] = resumed;
    [3, 4].forEach(step);
    expect(values(stopped)).toEqual(values(straight));
    expect(resumed.read()).toEqual(states[0]!.read());
    states.forEach((state) => state.dispose());
    tf.dispose([...straight, ...stopped]);
  });

  it.each(EACH)('frees all that it made: $kind', (config) => {
    const optimizer = optimizerOf(config);
    const weights = variables();
    const gradients = gradientsAt(1);
    const before = tf.memory().numTensors;
    const state = optimizer.init(weights);
    optimizer.update(gradients, state, 0.1);
    optimizer.update(gradients, state, 0.1);
    state.dispose();
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([...weights, ...gradients]);
  });

  it('moves a weight by LARS independent of the scale of its gradient', () => {
    const config = { kind: 'lars', learningRate: 1, epsilon: 0 } as const;
    const moved = (scale: number) => {
      const [weights, optimizer] = [variables(), optimizerOf(config)];
      const state = optimizer.init(weights);
      const gradients = tf.tidy(() => gradientsAt(1).map((gradient) => tf.mul(gradient, scale)));
      optimizer.update(gradients, state, 1);
      const [matrix] = values(weights);
      state.dispose();
      tf.dispose([...weights, ...gradients]);
      return matrix!;
    };
    const whole = moved(1);
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (scale) => {
        expect(largestRelativeDifference(moved(scale), whole)).toBeLessThan(1e-6);
      }),
      { numRuns: 20 },
    );
  });

  it('takes a plain step by LARS where a norm is 0', () => {
    const optimizer = optimizerOf({ kind: 'lars', learningRate: 1 });
    const weight = tf.variable(tf.zeros([1, 2]));
    const state = optimizer.init([weight]);
    const gradient = tf.tensor2d([[1, -2]]);
    optimizer.update([gradient], state, 0.5);
    expect([...weight.dataSync()]).toEqual([-0.5, 1]);
    state.dispose();
    tf.dispose([weight, gradient]);
  });
});

it("refuses Nesterov's step without momentum or with dampening, as PyTorch does", () => {
  expect(() => sgd({ learningRate: 0.1, nesterov: true })).toThrow(/training\/bad-optimizer.*\n.*found momentum 0, dampening 0/);
  expect(() => sgd({ learningRate: 0.1, nesterov: true, momentum: 0.9, dampening: 0.1 })).toThrow(/found momentum 0.9, dampening 0.1/);
});

function largestRelativeDifference(actual: readonly number[], expected: readonly number[]): number {
  return Math.max(...expected.map((value, i) => Math.abs(actual[i]! / value - 1)));
}
