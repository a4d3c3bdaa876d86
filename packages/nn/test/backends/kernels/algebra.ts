import { rng, type Rng } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { below, noise, positive, truth, type KernelCase } from './kernelCase.js';

/** Products of matrices at `draws` shapes, norms, losses, Fourier transforms, sums of products. */
export function algebraCases(draws: number): readonly KernelCase[] {
  const products = Array.from({ length: draws }, (_, i) => matMul(rng('matMul').child(i)));
  return [...products, ...Object.entries(CASES).map(([name, rest]) => ({ name, ...rest }))];
}

/** `[..., m, k]` by `[..., k, n]`, either turned, batches broadcast. */
function matMul(random: Rng): KernelCase {
  const [m, k, n] = [random.integer(1, 9), random.integer(1, 9), random.integer(1, 9)];
  const [turnA, turnB] = [random.chance(0.4), random.chance(0.4)];
  const batch = random.pick([[[], []], [[3], [3]], [[2, 3], [2, 3]], [[3], [1]], [[1], [2]], [[3], []], [[2, 1], [1, 3]]]); // prettier-ignore
  const [a, b] = [
    [...batch[0]!, ...(turnA ? [k, m] : [m, k])],
    [...batch[1]!, ...(turnB ? [n, k] : [k, n])],
  ];
  return {
    name: `matMul: [${a}]${turnA ? "'" : ''} by [${b}]${turnB ? "'" : ''}`,
    inputs: [noise(...a), noise(...b)],
    run: (x, y) => tf.matMul(x, y, turnA, turnB),
    differentiate: `${batch[0]}` === `${batch[1]}` ? 2 : 0, // tfjs differentiates no broadcast product
  };
}

const CASES: Readonly<Record<string, Omit<KernelCase, 'name'>>> = {
  'dot of vectors': { inputs: [noise(7), noise(7)], run: (a, b) => tf.dot(a, b), differentiate: 2 },
  'product of a matrix and a vector': { inputs: [noise(3, 7), noise(7)], run: (a, b) => tf.dot(a, b), differentiate: 2 },
  outerProduct: { inputs: [noise(4), noise(5)], run: (a, b) => tf.outerProduct(a, b), differentiate: 2 },
  'fused matMul with bias and relu': {
    inputs: [noise(4, 5), noise(5, 3), noise(3)],
    run: (a, b, bias) => tf.fused.matMul({ a, b, transposeA: false, transposeB: false, bias, activation: 'relu' }),
    differentiate: 3,
  },
  'fused conv2d with bias and relu6': {
    inputs: [noise(2, 5, 6, 3), noise(3, 3, 3, 4), noise(4)],
    run: (x, filter, bias) => tf.fused.conv2d({ x, filter, strides: 2, pad: 'same', bias, activation: 'relu6' }),
    differentiate: 3,
  },
  'fused depthwise conv2d with bias': {
    inputs: [noise(2, 5, 6, 3), noise(3, 3, 3, 1), noise(3)],
    run: (x, filter, bias) => tf.fused.depthwiseConv2d({ x, filter, strides: 1, pad: 'same', bias, activation: 'relu' }),
    differentiate: 3,
  },
  'batch norm, rank 2': {
    inputs: [noise(6, 3), noise(3), positive(3), noise(3), noise(3)],
    run: (x, mean, variance, offset, scale) => tf.batchNorm(x, mean, variance, offset, scale, 1e-3),
    differentiate: 5,
  },
  'batch norm, rank 4': {
    inputs: [noise(2, 3, 4, 5), noise(5), positive(5), noise(5), noise(5)],
    run: (x, mean, variance, offset, scale) => tf.batchNorm(x, mean, variance, offset, scale, 1e-3),
    differentiate: 5,
  },
  'softmax cross entropy': {
    inputs: [noise(4, 5)],
    run: (logits) => tf.losses.softmaxCrossEntropy(tf.oneHot([1, 0, 4, 2], 5), logits),
    differentiate: 1,
  },
  'sigmoid cross entropy': { inputs: [noise(4, 5), truth(4, 5)], run: (x, y) => tf.losses.sigmoidCrossEntropy(y, x), differentiate: 1 },
  'mean squared error': { inputs: [noise(4, 5), noise(4, 5)], run: (x, y) => tf.losses.meanSquaredError(y, x), differentiate: 1 },
  'attention of two heads': {
    inputs: [noise(2, 2, 5, 4), noise(2, 2, 5, 4), noise(2, 2, 5, 4)],
    run: (q, k, v) => tf.matMul(tf.softmax(tf.div(tf.matMul(q, k, false, true), 2)), v),
    differentiate: 3,
  },
  'embedding by one hot rows': { inputs: [noise(6, 4), below(6, 3, 5)], run: (table, at) => tf.gather(table, at), differentiate: 1 },
  addN: { inputs: [noise(3, 4), noise(3, 4), noise(3, 4)], run: (a, b, c) => tf.addN([a, b, c]), differentiate: 3 },
  'complex parts and modulus': {
    inputs: [noise(3, 4), noise(3, 4)],
    run: (a, b) => {
      const z = tf.complex(a, b);
      return [tf.real(z), tf.imag(z), tf.abs(z)];
    },
  },
  'complex sum, difference and product': {
    inputs: [noise(3, 4), noise(3, 4), noise(3, 4), noise(3, 4)],
    run: (a, b, c, d) => {
      const [y, z] = [tf.complex(a, b), tf.complex(c, d)];
      return [tf.add(y, z), tf.sub(y, z), tf.mul(y, z)].flatMap((t) => [tf.real(t), tf.imag(t)]);
    },
  },
  'complex shapes': {
    inputs: [noise(3, 4), noise(3, 4)],
    run: (a, b) => {
      const z = () => tf.complex(a, b); // anew each time: plain JavaScript reshapes the parts of a tensor that was reshaped
      const forms = [tf.transpose(z()), tf.reshape(z(), [2, 6]), tf.concat([z(), z()], 1), tf.zerosLike(z()), tf.onesLike(z())];
      return forms.flatMap((t) => [tf.real(t), tf.imag(t)]);
    },
  },
  ...Object.fromEntries(
    [1, 2, 3, 8, 12].map((n) => [
      `Fourier transform and back over ${n}`,
      {
        inputs: [noise(3, n), noise(3, n)],
        run: (a: tf.Tensor, b: tf.Tensor) => {
          const z = tf.complex(a, b);
          return [tf.fft(z), tf.ifft(z), tf.ifft(tf.fft(z))].flatMap((t) => [tf.real(t), tf.imag(t)]);
        },
      },
    ]),
  ),
  'Fourier transform of real numbers': {
    inputs: [noise(3, 8)],
    run: (x) => [tf.real(tf.rfft(x)), tf.imag(tf.rfft(x)), tf.irfft(tf.rfft(x))],
  },
  ...Object.fromEntries(
    (
      [
        ['ij,jk->ik', [3, 4], [4, 5]],
        ['ij,kj->ik', [3, 4], [5, 4]],
        ['bij,bjk->bik', [2, 3, 4], [2, 4, 5]],
        ['bhid,bhjd->bhij', [2, 2, 3, 4], [2, 2, 5, 4]],
        ['ij->j', [3, 4]],
        ['ij->ji', [3, 4]],
        ['ij,ij->', [3, 4], [3, 4]],
      ] as const
    ).map(([equation, ...shapes]) => [
      `einsum ${equation}`,
      { inputs: shapes.map((shape) => noise(...shape)), run: (...inputs: tf.Tensor[]) => tf.einsum(equation, ...inputs) },
    ]),
  ),
};
