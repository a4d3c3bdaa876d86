import * as tf from '@tensorflow/tfjs';
import { adamKernel, type AdamSettings } from '../src/index.js';
import { golden } from './golden.js';
import { largestDifference, noise } from './gradientCheck.js';
import { leavesNoTensors, onBackend, onEachBackend } from './onEachBackend.js';

type Numbers = readonly number[];
interface Case {
  readonly name: string;
  readonly decay: number;
  readonly epsilon: number;
  readonly weights: readonly Numbers[];
  readonly gradients: readonly Numbers[];
  readonly first: Numbers;
  readonly second: Numbers;
}

const SETTINGS = { learningRate: 0.05, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0 };

onEachBackend(() => {
  it.each(golden<Case>('adam'))("equals PyTorch's Adam over six steps: $name", ({ decay, epsilon, weights, gradients, first, second }) => {
    const variable = tf.variable(tf.tensor([...weights[0]!], [3, 4]));
    const adam = adamKernel([variable]);
    gradients.forEach((values, i) => {
      const gradient = tf.tensor([...values], [3, 4]);
      adam.update([gradient], { ...SETTINGS, weightDecay: decay, epsilon, step: i + 1 });
      tf.tidy(() => expect(largestDifference(variable, tf.tensor([...weights[i + 1]!], [3, 4]))).toBeLessThan(2e-6));
      gradient.dispose();
    });
    const moments = adam.readMoments();
    expect(farthest(moments.first[0]!, first)).toBeLessThan(1e-6);
    expect(farthest(moments.second[0]!, second)).toBeLessThan(1e-6);
    adam.dispose();
    variable.dispose();
  });

  it('goes on bit for bit from the moments of a checkpoint', () => {
    const [begun, resumed] = [1, 1].map(() => tf.variable(noise([5, 7], 1)));
    const adam = adamKernel([begun!]);
    run(adam, [1, 2, 3]);
    resumed!.assign(begun!.clone());
    const later = adamKernel([resumed!]);
    later.restoreMoments(adam.readMoments());
    run(adam, [4, 5]);
    run(later, [4, 5]);
    expect(resumed!.dataSync()).toEqual(begun!.dataSync());
    for (const kernel of [adam, later]) kernel.dispose();
    tf.dispose([begun!, resumed!]);
  });

  it('follows a variable that was written from outside', () => {
    const [written, reference] = [noise([5, 7], 1), noise([5, 7], 2)].map((start) => tf.variable(start));
    const [adam, other] = [adamKernel([written!]), adamKernel([reference!])];
    run(adam, [1], 0);
    run(other, [1], 0);
    tf.tidy(() => [written!, reference!].forEach((variable) => variable.assign(noise([5, 7], 9))));
    run(adam, [2], 0);
    run(other, [2], 0);
    expect(written!.dataSync()).toEqual(reference!.dataSync());
    for (const kernel of [adam, other]) kernel.dispose();
    tf.dispose([written!, reference!]);
  });

  it('leaves a copy of the weights that somebody holds as it was', () => {
    const variable = tf.variable(noise([5, 7], 1));
    const adam = adamKernel([variable]);
    run(adam, [1]);
    const held = variable.clone();
    const before = held.dataSync().slice();
    run(adam, [2]);
    expect(held.dataSync()).toEqual(before);
    expect(variable.dataSync()).not.toEqual(before);
    adam.dispose();
    tf.dispose([variable, held]);
  });

  it('frees what it makes', async () => {
    const variable = tf.variable(noise([5, 7], 1));
    await leavesNoTensors(() => {
      const adam = adamKernel([variable]);
      run(adam, [1, 2, 3]);
      adam.dispose();
    });
    variable.dispose();
  });
});

onBackend('tensorflow', () => {
  it('does not grow the memory of the process over many steps', () => {
    const variable = tf.variable(tf.zeros([1_000_000]));
    const adam = adamKernel([variable]);
    const gradient = tf.ones([1_000_000]);
    const step = (n: number) => adam.update([gradient], { ...SETTINGS, step: n } satisfies AdamSettings);
    for (let n = 1; n <= 10; n++) step(n);
    const before = process.memoryUsage().rss;
    for (let n = 11; n <= 60; n++) step(n); // 200 MB if each kept its 4 MB
    expect(process.memoryUsage().rss - before).toBeLessThan(50e6);
    adam.dispose();
    tf.dispose([variable, gradient]);
  });
});

function run(adam: ReturnType<typeof adamKernel>, steps: readonly number[], weightDecay = 0.01): void {
  for (const step of steps) {
    const gradient = noise([5, 7], 100 + step);
    adam.update([gradient], { ...SETTINGS, weightDecay, step });
    gradient.dispose();
  }
}

/** The largest difference relative to the largest expected value. */
function farthest(values: Float32Array, expected: Numbers): number {
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(value - values[i]!))) / scale;
}
