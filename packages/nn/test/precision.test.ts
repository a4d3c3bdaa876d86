import * as tf from '@tensorflow/tfjs';
import {
  add,
  batchNorm,
  conv,
  countParameters,
  dense,
  globalAveragePool,
  hasBfloat16,
  input,
  lossAndGradients,
  maxPool,
  model,
  relu,
  selectBackend,
  sigmoidCrossEntropy,
  trainableVariables,
  withPrecision,
} from '../src/index.js';
import { toBfloat16 } from '../src/ops/cast.js';
import { convolution } from '../src/ops/conv.js';
import { sum } from '../src/ops/sum.js';
import { largestDifference, noise } from './gradientCheck.js';
import { leavesNoTensors, onBackend } from './onEachBackend.js';

/** Half the distance of neighbors in bfloat16, relative: 8 bits of precision. */
const ROUNDING = 2 ** -8;

onBackend('tensorflow', () => {
  it('has bfloat16', () => {
    expect(hasBfloat16()).toBe(true);
  });

  it('rounds to the nearest number of 8 bits, and reads as float32', () => {
    tf.tidy(() => {
      const values = [1, 1 + 2 ** -9, 1 + 2 ** -8 + 2 ** -9, 1 + 2 ** -8, -3.14159, 1000.5, 0];
      expect([...toBfloat16(tf.tensor1d(values)).dataSync()]).toEqual([1, 1, 1 + 2 ** -7, 1, -3.140625, 1000, 0]);
    });
  });

  it('is known to operations that know nothing of it', () => {
    tf.tidy(() => {
      const half = toBfloat16(tf.tensor2d([1, 2, 3, 4], [2, 2]));
      expect([...tf.add(half, 1).dataSync()]).toEqual([2, 3, 4, 5]);
      expect([...tf.matMul(half, tf.eye(2)).dataSync()]).toEqual([1, 2, 3, 4]);
      expect([...tf.concat([half, half], 1).dataSync()]).toEqual([1, 2, 1, 2, 3, 4, 3, 4]);
      expect([...tf.transpose(half).dataSync()]).toEqual([1, 3, 2, 4]);
      expect([...sum(half, tf.onesLike(half)).dataSync()]).toEqual([2, 3, 4, 5]);
    });
  });

  it.each([
    ['2-D', [2, 9, 8, 3], [3, 3, 3, 4], { stride: [1, 1], padding: 1 }],
    ['2-D, 1x1', [2, 4, 4, 8], [1, 1, 8, 4], { stride: [1, 1], padding: 0 }],
    ['2-D, many channels', [2, 4, 3, 130], [3, 3, 130, 4], { stride: [1, 1], padding: 1 }],
    ['2-D, many channels, a long window', [1, 5, 4, 130], [5, 3, 130, 2], { stride: [1, 1], padding: [2, 1] }],
    ['2-D, many channels, an even window', [1, 5, 4, 130], [2, 4, 130, 2], { stride: [1, 1], padding: [[0, 1], [1, 2]] }], // prettier-ignore
    ['2-D, stride 2, padded apart', [2, 9, 8, 3], [3, 3, 3, 4], { stride: [2, 2], padding: 1 }],
    ['3-D', [2, 5, 6, 7, 2], [3, 3, 3, 2, 4], { stride: [1, 1, 1], padding: 1 }],
    ['3-D, uneven strides', [2, 5, 8, 8, 2], [3, 3, 3, 2, 4], { stride: [1, 2, 2], padding: 1 }],
  ] as const)('convolves as in float32, but for its rounding: %s', (_, xShape, filterShape, geometry) => {
    tf.tidy(() => {
      const [x, filter] = [noise(xShape, 1), noise(filterShape, 2)];
      const weights = noise(convolution(x, filter, geometry).shape, 3);
      const objective = (a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.mul(convolution(a, b, geometry), weights)) as tf.Scalar;
      const half = <T>(action: () => T) => withPrecision('bfloat16', action);
      expect(
        largestDifference(
          half(() => convolution(x, filter, geometry)),
          convolution(x, filter, geometry),
        ),
      ).toBeLessThan(2 * ROUNDING);
      const expected = tf.grads(objective)([x, filter]);
      const found = tf.grads((a: tf.Tensor, b: tf.Tensor) => half(() => objective(a, b)))([x, filter]);
      found.forEach((gradient, i) => expect(largestDifference(gradient, expected[i]!)).toBeLessThan(2 * ROUNDING));
    });
  });

  it('trains a network: loss and gradients near those of float32, nothing left behind, weights in float32', async () => {
    const network = smallResidual();
    const variables = trainableVariables(network);
    const [images, labels] = [noise([4, 16, 16, 1], 5), tf.tensor2d([[1], [0], [0], [1]])];
    const run = (precision: 'float32' | 'bfloat16') =>
      lossAndGradients(variables, () =>
        withPrecision(precision, () => sigmoidCrossEntropy(network.apply(images, { training: true }) as tf.Tensor, labels)),
      );
    const [expected, found] = [run('float32'), run('bfloat16')];
    expect(Math.abs(found.loss.dataSync()[0]! / expected.loss.dataSync()[0]! - 1)).toBeLessThan(0.02);
    const flat = (gradients: readonly tf.Tensor[]) => tf.tidy(() => tf.concat(gradients.map((g) => tf.reshape(g, [-1]))));
    const [a, b] = [flat(found.gradients), flat(expected.gradients)];
    const cosine = tf.tidy(() => tf.div(tf.sum(tf.mul(a, b)), tf.mul(tf.norm(a), tf.norm(b))).dataSync()[0]!);
    expect(cosine).toBeGreaterThan(0.999);
    expect(a.shape).toEqual([countParameters(network)]);
    tf.dispose([a, b, expected.loss, found.loss, ...expected.gradients, ...found.gradients]);
    await leavesNoTensors(() => {
      const { loss, gradients } = run('bfloat16');
      tf.dispose([loss, ...gradients]);
    });
    network.dispose();
    tf.dispose([images, labels]);
  });
});

describe('on plain JavaScript', () => {
  it('refuses bfloat16 with what to do', async () => {
    await selectBackend({ force: 'cpu' });
    expect(hasBfloat16()).toBe(false);
    expect(() => withPrecision('bfloat16', () => 0)).toThrow(/nn\/no-bfloat16(.|\n)*found cpu(.|\n)*float32/);
    expect(withPrecision('float32', () => 1)).toBe(1);
  });
});

function smallResidual() {
  const x = input([16, 16, 1]);
  const stem = relu(
    maxPool(batchNorm(conv(x, 8, { kernel: 3, stride: 1, padding: 1, bias: false })), { kernel: 3, stride: 2, padding: 1 }),
  );
  const y = batchNorm(conv(stem, 8, { kernel: 3, padding: 1, bias: false }));
  return model(x, dense(globalAveragePool(relu(add(y, stem))), 1));
}
