import { rng } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';

/** A tensor of seeded numbers, uniform in [-1, 1). */
export function noise(shape: readonly number[], seed: number): tf.Tensor {
  const random = rng(seed);
  const values = Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, () => random.uniform(-1, 1));
  return tf.tensor(values, [...shape], 'float32');
}

/** Seeded numbers in random order that all differ by at least `spacing`, and from 0 by half of it: away from the kinks of max and ReLU. */
export function spaced(shape: readonly number[], seed: number, spacing = 0.1): tf.Tensor {
  const size = tf.util.sizeFromShape([...shape]);
  const ranks = rng(seed).shuffle(Array.from({ length: size }, (_, i) => i));
  return tf.tensor(
    Float32Array.from(ranks, (r) => (r - Math.floor(size / 2) + 0.5) * spacing),
    [...shape],
    'float32',
  );
}

/**
 * The largest error of the gradients of `f` against central differences, along random directions, relative to the size of the difference. The
 * output is projected on fixed random weights, in double precision; what is left is float32's rounding inside `f`.
 */
export function gradientError(f: (...inputs: tf.Tensor[]) => tf.Tensor, inputs: readonly tf.Tensor[], step = 1e-2): number {
  const weights = tf.tidy(() => noise(f(...inputs).shape, 99));
  const project = (at: readonly tf.Tensor[]) => {
    const [y, w] = [tf.tidy(() => f(...at)), weights.dataSync<'float32'>()];
    const sum = y.dataSync<'float32'>().reduce((total, value, i) => total + value * w[i]!, 0);
    y.dispose();
    return sum;
  };
  const gradients = tf.tidy(() => tf.grads((...at) => tf.sum(tf.mul(f(...at), weights)))([...inputs]));
  let worst = 0;
  for (let trial = 0; trial < 3; trial++) {
    inputs.forEach((input, i) => {
      const direction = noise(input.shape, 7 * trial + i);
      const moved = (by: number) => inputs.map((x, j) => (j === i ? tf.add(x, tf.mul(direction, by)) : x));
      const numeric = tf.tidy(() => (project(moved(step)) - project(moved(-step))) / (2 * step));
      const d = direction.dataSync<'float32'>();
      const analytic = gradients[i]!.dataSync<'float32'>().reduce((total, g, k) => total + g * d[k]!, 0);
      worst = Math.max(worst, Math.abs(analytic - numeric) / Math.max(1, Math.abs(numeric)));
      direction.dispose();
    });
  }
  tf.dispose([weights, gradients]);
  return worst;
}

/** The largest difference between two tensors, relative to the largest value of the second. */
export function largestDifference(a: tf.Tensor, b: tf.Tensor): number {
  expect(a.shape).toEqual(b.shape);
  const [values, expected] = [a.dataSync<'float32'>(), b.dataSync<'float32'>()];
  const scale = expected.reduce((top, value) => Math.max(top, Math.abs(value)), 1e-6);
  return values.reduce((top, value, i) => Math.max(top, Math.abs(value - expected[i]!)), 0) / scale;
}
