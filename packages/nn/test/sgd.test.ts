import * as tf from '@tensorflow/tfjs';
import { sgdKernel, type SgdSettings } from '../src/index.js';
import { noise } from './gradientCheck.js';
import { leavesNoTensors, onBackend, onEachBackend } from './onEachBackend.js';

const SHAPE = [5, 7];
const RATES = { learningRate: 0.05, gradientScale: 0.8 };
const SETTINGS: readonly SgdSettings[] = [
  { momentum: 0, nesterov: false, weightDecay: 0 },
  { momentum: 0, nesterov: false, weightDecay: 0.1 },
  { momentum: 0.9, nesterov: false, weightDecay: 0.1 },
  { momentum: 0.9, nesterov: true, weightDecay: 0.1 },
];

onEachBackend(() => {
  it.each(SETTINGS)('equals the rule in float64 over six steps: $momentum $nesterov $weightDecay', (settings) => {
    const variable = tf.variable(noise(SHAPE, 1));
    const rule = inFloat64([...variable.dataSync()], settings);
    const sgd = sgdKernel([variable], settings);
    for (let step = 1; step <= 6; step++) {
      rule.update([...gradientOf(step)]);
      run(sgd, [step]);
    }
    expect(farthest([...variable.dataSync()], rule.w)).toBeLessThan(1e-6);
    const [velocities] = sgd.readVelocities();
    expect(velocities === undefined).toBe(settings.momentum === 0);
    if (velocities) expect(farthest([...velocities], rule.v)).toBeLessThan(1e-6);
    sgd.dispose();
    variable.dispose();
  });

  it('goes on bit for bit from the velocities of a checkpoint', () => {
    const [begun, resumed] = [1, 1].map(() => tf.variable(noise(SHAPE, 1)));
    const sgd = sgdKernel([begun!], SETTINGS[2]!);
    run(sgd, [1, 2, 3]);
    resumed!.assign(begun!.clone());
    const later = sgdKernel([resumed!], SETTINGS[2]!);
    later.restoreVelocities(sgd.readVelocities());
    run(sgd, [4, 5]);
    run(later, [4, 5]);
    expect(resumed!.dataSync()).toEqual(begun!.dataSync());
    for (const kernel of [sgd, later]) kernel.dispose();
    tf.dispose([begun!, resumed!]);
  });

  it('follows a variable that was written from outside, and leaves a held copy as it was', () => {
    const variable = tf.variable(noise(SHAPE, 1));
    const sgd = sgdKernel([variable], SETTINGS[0]!);
    run(sgd, [1]);
    tf.tidy(() => variable.assign(noise(SHAPE, 9)));
    const held = variable.clone();
    const before = [...held.dataSync()];
    run(sgd, [2]);
    const moved = before.map((value, i) => value - RATES.learningRate * RATES.gradientScale * gradientOf(2)[i]!);
    expect(farthest([...variable.dataSync()], moved)).toBeLessThan(1e-6);
    expect([...held.dataSync()]).toEqual(before);
    sgd.dispose();
    tf.dispose([variable, held]);
  });

  it('frees what it makes', async () => {
    const variable = tf.variable(noise(SHAPE, 1));
    for (const settings of SETTINGS) {
      await leavesNoTensors(() => {
        const sgd = sgdKernel([variable], settings);
        run(sgd, [1, 2, 3]);
        sgd.dispose();
      });
    }
    variable.dispose();
  });
});

onBackend('tensorflow', () => {
  it('does not grow the memory of the process over many steps', () => {
    const variable = tf.variable(tf.zeros([1_000_000]));
    const sgd = sgdKernel([variable], { momentum: 0.9, nesterov: false, weightDecay: 0 });
    const gradient = tf.ones([1_000_000]);
    for (let n = 1; n <= 10; n++) sgd.update([gradient], RATES);
    const before = process.memoryUsage().rss;
    for (let n = 11; n <= 60; n++) sgd.update([gradient], RATES); // 200 MB if each kept its 4 MB
    expect(process.memoryUsage().rss - before).toBeLessThan(50e6);
    sgd.dispose();
    tf.dispose([variable, gradient]);
  });
});

function gradientOf(step: number): Float32Array {
  const gradient = noise(SHAPE, 100 + step);
  const values = gradient.dataSync<'float32'>().slice();
  gradient.dispose();
  return values;
}

function run(sgd: ReturnType<typeof sgdKernel>, steps: readonly number[]): void {
  for (const step of steps) {
    const gradient = noise(SHAPE, 100 + step);
    sgd.update([gradient], RATES);
    gradient.dispose();
  }
}

/** The rule as it stands in PyTorch's documentation. */
function inFloat64(w: number[], { momentum, nesterov, weightDecay }: SgdSettings) {
  const v = w.map(() => 0);
  const update = (gradient: readonly number[]) =>
    gradient.forEach((value, i) => {
      const g = RATES.gradientScale * (value + weightDecay * w[i]!);
      v[i] = momentum * v[i]! + g;
      w[i]! -= RATES.learningRate * (nesterov ? g + momentum * v[i]! : v[i]!);
    });
  return { w, v, update };
}

/** The largest difference relative to the largest expected value. */
function farthest(values: readonly number[], expected: readonly number[]): number {
  return Math.max(...expected.map((value, i) => Math.abs(value - values[i]!))) / Math.max(...expected.map(Math.abs));
}
