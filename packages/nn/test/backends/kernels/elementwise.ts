import * as tf from '@tensorflow/tfjs';
import { below, noise, positive, ranks, truth, type KernelCase } from './kernelCase.js';

type Of<Arity extends tf.Tensor[]> = Readonly<Record<string, (...inputs: Arity) => tf.Tensor>>;
type Unary = Of<[tf.Tensor]>;
type Binary = Of<[tf.Tensor, tf.Tensor]>;

const UNARY: Unary = {
  abs: tf.abs,
  neg: tf.neg,
  exp: tf.exp,
  expm1: tf.expm1,
  square: tf.square,
  sigmoid: (x) => tf.sigmoid(tf.mul(x, 20)),
  tanh: (x) => tf.tanh(tf.mul(x, 5)),
  relu: tf.relu,
  relu6: (x) => tf.relu6(tf.mul(x, 9)),
  leakyRelu: (x) => tf.leakyRelu(x, 0.1),
  elu: tf.elu,
  selu: tf.selu,
  softplus: (x) => tf.softplus(tf.mul(x, 30)),
  logSigmoid: tf.logSigmoid,
  erf: (x) => tf.erf(tf.mul(x, 3)),
  sign: tf.sign,
  step: tf.step,
  floor: (x) => tf.floor(tf.mul(x, 9)),
  ceil: (x) => tf.ceil(tf.mul(x, 9)),
  round: (x) => tf.round(tf.mul(x, 9)),
  sin: tf.sin,
  cos: tf.cos,
  tan: tf.tan,
  asin: (x) => tf.asin(tf.mul(x, 0.9)),
  acos: (x) => tf.acos(tf.mul(x, 0.9)),
  atan: tf.atan,
  sinh: tf.sinh,
  cosh: tf.cosh,
  asinh: tf.asinh,
  clipByValue: (x) => tf.clipByValue(x, -0.4, 0.3),
  softmax: (x) => tf.softmax(tf.mul(x, 9)),
  logSoftmax: (x) => tf.logSoftmax(tf.mul(x, 9)),
  localResponseNormalization: (x) => tf.localResponseNormalization(x as tf.Tensor3D, 2, 1, 0.5, 0.7),
  log: (x) => tf.log(tf.add(x, 1.5)),
  log1p: (x) => tf.log1p(tf.mul(x, 0.9)),
  sqrt: (x) => tf.sqrt(tf.add(x, 1.5)),
  rsqrt: (x) => tf.rsqrt(tf.add(x, 1.5)),
  reciprocal: (x) => tf.reciprocal(tf.add(x, 1.5)),
  acosh: (x) => tf.acosh(tf.add(x, 3)),
  atanh: (x) => tf.atanh(tf.mul(x, 0.9)),
};

const BINARY: Binary = {
  add: tf.add,
  sub: tf.sub,
  mul: tf.mul,
  div: tf.div,
  maximum: tf.maximum,
  minimum: tf.minimum,
  pow: tf.pow,
  squaredDifference: tf.squaredDifference,
  mod: (a, b) => tf.mod(tf.mul(a, 7), b),
  floorDiv: (a, b) => tf.cast(tf.floorDiv(tf.mul(a, 7), b), 'float32'), // plain JavaScript calls the result integers
  atan2: tf.atan2,
  prelu: (a, b) => tf.prelu(tf.sub(a, 1), b),
};

/** tfjs gives their gradients the shape of the result, and throws where an input has another. */
const WITHOUT_BROADCAST_GRADIENT = ['maximum', 'minimum', 'squaredDifference', 'prelu'];

const SHAPE_PAIRS: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[3, 4, 5], [3, 4, 5]],
  [[3, 4, 5], [5]],
  [[3, 4, 5], [4, 1]],
  [[3, 1, 5], [3, 4, 1]],
  [[3, 4, 5], []],
  [[2, 1, 3, 2, 4], [4]],
  [[5], [2, 1, 3, 2, 1]],
]; // prettier-ignore

const REDUCTIONS: Readonly<Record<string, (x: tf.Tensor, axes: number[]) => tf.Tensor>> = {
  sum: (x, axes) => tf.sum(x, axes),
  'sum that keeps its axes': (x, axes) => tf.sum(x, axes, true),
  mean: (x, axes) => tf.mean(x, axes),
  max: (x, axes) => tf.max(x, axes),
  min: (x, axes) => tf.min(x, axes),
  prod: (x, axes) => tf.prod(tf.div(x, 7), axes),
  logSumExp: (x, axes) => tf.logSumExp(x, axes),
  variance: (x, axes) => tf.moments(x, axes).variance,
  norm: (x, axes) => tf.norm(x, 'euclidean', axes),
};

const LOGIC: Of<[tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]> = {
  greater: (a, b) => tf.greater(a, b),
  greaterEqual: (a, b) => tf.greaterEqual(a, b),
  less: (a, b) => tf.less(a, b),
  lessEqual: (a, b) => tf.lessEqual(a, b),
  equal: (_a, _b, _c, d) => tf.equal(d, 2),
  notEqual: (_a, _b, _c, d) => tf.notEqual(d, 2),
  logicalAnd: (a, b, c) => tf.logicalAnd(tf.less(a, b), c),
  logicalOr: (a, b, c) => tf.logicalOr(tf.less(a, b), c),
  logicalXor: (a, b, c) => tf.logicalXor(tf.less(a, b), c),
  logicalNot: (_a, _b, c) => tf.logicalNot(c),
  any: (_a, _b, c) => tf.any(c, 1),
  all: (_a, _b, c) => tf.all(c, 0),
  argMax: (a) => tf.argMax(a, 1),
  argMin: (a) => tf.argMin(a, 0),
  where: (a, b, c) => tf.where(c, a, b),
  'cast to integers': (a) => tf.cast(tf.mul(a, 9), 'int32'),
  'cast to truth': (a) => tf.cast(tf.round(a), 'bool'),
  'cast of truth': (_a, _b, c) => tf.cast(c, 'float32'),
  'cast of integers': (_a, _b, _c, d) => tf.cast(d, 'float32'),
  'sum of truth': (_a, _b, c) => tf.sum(c, 0),
  'sum of integers': (_a, _b, _c, d) => tf.sum(d, 1),
  'max of integers': (_a, _b, _c, d) => tf.max(d, 1),
  'arithmetic of integers': (_a, _b, _c, d) => tf.sub(tf.mul(tf.add(d, integer(3)), d), tf.maximum(d, integer(2))),
  'division of integers': (_a, _b, _c, d) => tf.floorDiv(tf.sub(tf.mul(d, integer(7)), integer(9)), tf.add(d, integer(1))),
  'remainder of integers': (_a, _b, _c, d) => tf.mod(tf.mul(d, integer(7)), tf.add(d, integer(2))),
  'rounding of integers': (_a, _b, _c, d) => tf.round(d),
  'integers plus floats': (a, _b, _c, d) => tf.add(a, d),
  'product of integer matrices': (_a, _b, _c, d) => tf.matMul(d as tf.Tensor2D, d as tf.Tensor2D, false, true),
};

const integer = (value: number) => tf.scalar(value, 'int32');

export const elementwiseCases: readonly KernelCase[] = [
  ...Object.entries(UNARY).map(([name, run]) => ({ name, inputs: [noise(3, 5, 7)], run, differentiate: 1 })),
  ...Object.entries(BINARY).flatMap(([name, run]) =>
    SHAPE_PAIRS.map(([a, b]) => ({
      name: `${name} of [${a}] and [${b}]`,
      inputs: [positive(...a), positive(...b)],
      run,
      differentiate: `${a}` === `${b}` || !WITHOUT_BROADCAST_GRADIENT.includes(name) ? 2 : 0,
    })),
  ),
  ...Object.entries(REDUCTIONS).flatMap(([name, run]) =>
    (name === 'norm' ? [[0], [1, 2]] : [[0], [3], [1, 2], [0, 2, 3], [0, 1, 2, 3]]).map((axes) => ({
      name: `${name} over [${axes}]`,
      inputs: [ranks(3, 4, 2, 5)],
      run: (x: tf.Tensor) => run(x, axes),
      differentiate: 1,
    })),
  ),
  ...Object.entries(LOGIC).map(([name, run]) => ({ name, inputs: [noise(4, 6), noise(4, 6), truth(4, 6), below(4, 4, 6)], run })),
];
