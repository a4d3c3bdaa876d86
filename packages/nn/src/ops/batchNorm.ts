import * as tf from '@tensorflow/tfjs';
import { oneDnn, oneDnnHas } from '../backend/oneDnn.js';
import { type RawAttribute, rawAttributes, rawOps, type RawOps } from '../backend/rawOps.js';
import { likeType } from './cast.js';
import { reshapeRaw } from './reshape.js';

/** What a batch norm learns and what it remembers, each `[c]`. */
export interface BatchNormTensors {
  readonly scale: tf.Tensor1D;
  readonly offset: tf.Tensor1D;
  readonly runningMean: tf.Tensor1D;
  /** Of the unbiased variance, n - 1 in the denominator. */
  readonly runningVariance: tf.Tensor1D;
}

/** The result of normalizing by a batch's own statistics. */
export interface BatchNormOutput {
  readonly y: tf.Tensor;
  readonly runningMean: tf.Tensor1D;
  readonly runningVariance: tf.Tensor1D;
}

/** The numbers of a batch norm. */
export interface BatchNormNumbers {
  /** Added to the variance. */
  readonly epsilon: number;
  /** How much of the new batch goes into the running statistics: PyTorch's sense, one minus Keras's. */
  readonly momentum: number;
  /** In training: `max(y, 0)` is the result. oneDNN does that on the way, without a second look at the tensor. */
  readonly rectified?: boolean;
}

/**
 * Batch normalization with the running statistics: `scale (x - mean) / sqrt(variance + epsilon) + offset`.
 *
 * @param x - `[b, ..., c]`, any rank from 2
 */
export function batchNormInference(x: tf.Tensor, tensors: BatchNormTensors, epsilon: number): tf.Tensor {
  const view = tf.reshape(x, planesOf(x.shape)); // [b, p, q, c]
  const y = tf.batchNorm(view as tf.Tensor4D, tensors.runningMean, tensors.runningVariance, tensors.offset, tensors.scale, epsilon);
  return tf.reshape(y, x.shape);
}

/**
 * Batch normalization with the batch's own statistics over all axes but the last, biased variance, and the running statistics after it. With a
 * gradient for `x`, `scale` and `offset`. On the native backend one operation each way, at any rank; else a composition that tfjs differentiates.
 *
 * @param x - `[b, ..., c]`, any rank from 2
 * @remarks Ioffe & Szegedy 2015, arXiv:1502.03167, in PyTorch's form.
 */
export function batchNormTraining(x: tf.Tensor, tensors: BatchNormTensors, numbers: BatchNormNumbers): BatchNormOutput {
  return rawOps() ? fused(x, tensors, numbers) : composed(x, tensors, numbers);
}

/** The plain form: the fallback, and what the fused one is tested against. */
export function composed(x: tf.Tensor, tensors: BatchNormTensors, { epsilon, momentum, rectified }: BatchNormNumbers): BatchNormOutput {
  const channels = x.shape.at(-1)!;
  const rows = tf.reshape(x, [-1, channels]) as tf.Tensor2D; // [n, c]
  const { mean, variance } = tf.moments(rows, 0);
  const inverse = tf.rsqrt(tf.add(variance, epsilon));
  const y = tf.add(tf.mul(tf.mul(tf.sub(rows, mean), inverse), tensors.scale), tensors.offset);
  const n = rows.shape[0];
  const blend = (old: tf.Tensor1D, now: tf.Tensor, factor: number) =>
    tf.add(tf.mul(old, 1 - momentum), tf.mul(now, momentum * factor)) as tf.Tensor1D;
  return {
    y: tf.reshape(rectified ? tf.relu(y) : y, x.shape),
    runningMean: blend(tensors.runningMean, mean, 1),
    runningVariance: blend(tensors.runningVariance, variance, n / Math.max(n - 1, 1)),
  };
}

function fused(x: tf.Tensor, tensors: BatchNormTensors, numbers: BatchNormNumbers): BatchNormOutput {
  const kernel = numbers.rectified ? RECTIFIED : PLAIN;
  if (!tf.getKernel(kernel, 'tensorflow')) register(kernel);
  const inputs = { x, scale: tensors.scale, offset: tensors.offset, mean: tensors.runningMean, variance: tensors.runningVariance };
  const outputs: tf.Tensor[] = tf.engine().runKernel(kernel, inputs, { ...numbers });
  return { y: outputs[0]!, runningMean: outputs[1] as tf.Tensor1D, runningVariance: outputs[2] as tf.Tensor1D };
}

const PLAIN = 'MgmtBatchNormTraining';
const RECTIFIED = 'MgmtBatchNormTrainingRelu';

function register(kernelName: string): void {
  const rectified = kernelName === RECTIFIED;
  const normalize = rectified ? normalizeAndRectify : normalizeAlone;
  tf.registerKernel({
    kernelName,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs }) => {
      const raw = rawOps()!;
      const { x, scale, offset, mean, variance } = inputs as Record<'x' | 'scale' | 'offset' | 'mean' | 'variance', tf.Tensor>;
      const { epsilon, momentum } = attrs as unknown as BatchNormNumbers;
      const attributes = [...shared(raw, x, epsilon), rawAttributes.float(raw, 'exponential_avg_factor', momentum)];
      return viewed([x], ([view]) => normalize(raw, attributes, [view!, scale, offset, mean, variance]));
    },
  });
  tf.registerGradient({
    kernelName,
    inputsToSave: ['x', 'scale'],
    outputsToSave: [rectified, false, false, true, true, true],
    gradFunc: (dys, [x, scale, ...saved], attrs) => {
      const raw = rawOps()!;
      const reserved = saved.slice(-3);
      const attributes = shared(raw, x!, (attrs as unknown as BatchNormNumbers).epsilon);
      const given = likeType(raw, (dys as unknown as tf.Tensor[])[0]!, x!);
      const dy = rectified ? raw.run('ReluGrad', [rawAttributes.typeOf(raw, x!)], [given, saved[0]!], 1)[0]! : given;
      const [dx, dScale, dOffset] = viewed([dy, x!], ([dyView, xView]) =>
        raw.run('FusedBatchNormGradV3', attributes, [dyView!, xView!, scale!, ...reserved], 5),
      );
      return { x: () => dx!, scale: () => dScale!, offset: () => dOffset! };
    },
  });
}

type Normalize = (raw: RawOps, attributes: readonly RawAttribute[], inputs: readonly tf.Tensor[]) => tf.Tensor[];

const normalizeAlone: Normalize = (raw, attributes, inputs) => raw.run('FusedBatchNormV3', attributes, inputs, 6);

const normalizeAndRectify: Normalize = (raw, attributes, inputs) => {
  if (!rectifiesOnTheWay(raw)) {
    const [y, ...statistics] = normalizeAlone(raw, attributes, inputs);
    const rectified = raw.run('Relu', [rawAttributes.typeOf(raw, y!)], [y!], 1);
    y!.dispose();
    return [...rectified, ...statistics];
  }
  const outputs = oneDnnNormalizeAndRectify(raw, attributes, inputs);
  outputs.pop()!.dispose(); // which elements were positive: the gradient here asks the output
  return [...outputs, tf.tensor1d([])];
};

const oneDnnNormalizeAndRectify: Normalize = (raw, attributes, inputs) =>
  raw.run(
    '_MklNativeFusedBatchNormEx',
    [...attributes, rawAttributes.text(raw, 'activation_mode', 'Relu'), rawAttributes.integer(raw, 'num_side_inputs', 0), oneDnn(raw)],
    inputs,
    6,
  );

const rectifiesOnTheWay = oneDnnHas((raw) => {
  const [x, one, zero] = [tf.tensor4d([-1, 1], [2, 1, 1, 1]), tf.tensor1d([1]), tf.tensor1d([0])];
  const attributes = [...shared(raw, x, 1e-5), rawAttributes.float(raw, 'exponential_avg_factor', 1)];
  const [y] = oneDnnNormalizeAndRectify(raw, attributes, [x, one, zero, zero, one]);
  const [low, high] = y!.dataSync() as Float32Array;
  return low === 0 && Math.abs(high! - 1) < 1e-4;
});

function shared(raw: RawOps, x: tf.TensorInfo, epsilon: number) {
  return [
    rawAttributes.typeOf(raw, x),
    rawAttributes.type(raw, 'U'),
    rawAttributes.float(raw, 'epsilon', epsilon),
    rawAttributes.text(raw, 'data_format', 'NHWC'),
    rawAttributes.bool(raw, 'is_training', true),
  ];
}

/** Runs an operation of rank 4 on views of tensors that may have another; its first output gets their shape back. */
function viewed(tensors: readonly tf.Tensor[], run: (views: readonly tf.Tensor[]) => tf.Tensor[]): tf.Tensor[] {
  const { shape, rank } = tensors[0]!;
  if (rank === 4) return run(tensors);
  const raw = rawOps()!;
  const views = tensors.map((t) => reshapeRaw(raw, t, planesOf(shape)));
  const [first, ...rest] = run(views);
  const reshaped = reshapeRaw(raw, first!, shape);
  tf.dispose([...views, first!]);
  return [reshaped, ...rest];
}

/** `[b, ..., c]` to `[b, p, q, c]`. */
function planesOf(shape: readonly number[]): [number, number, number, number] {
  const [b, ...rest] = shape as [number, ...number[]];
  const spatial = rest.slice(0, -1);
  const [p = 1, ...q] = spatial;
  return [b, p, q.reduce((product, n) => product * n, 1), rest.at(-1)!];
}
