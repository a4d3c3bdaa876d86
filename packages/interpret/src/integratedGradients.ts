import { MgmtError } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { evaluateScore, repeatImage } from './evaluateScore.js';
import type { FloatArray } from './floatArray.js';
import { inputGradient } from './gradients.js';
import { chosenInput, type ModelInput, withInputs } from './modelInputs.js';
import { nextTurn } from './nextTurn.js';
import type { Attribution, SaliencyOptions } from './saliency.js';
import { type Score, scoreOf } from './score.js';

/** Options of {@link integratedGradients}. */
export interface IntegratedGradientsOptions extends SaliencyOptions {
  /** What is no evidence: a number for every voxel, 0 by default, or an input of the same shape as the one that is explained. */
  readonly baseline?: number | FloatArray;
  /** Points on the way from the baseline to the image, 32 by default; more make {@link IntegratedGradients.gap} smaller. */
  readonly steps?: number;
  /** Points that the model takes at once, 8 by default. */
  readonly batchSize?: number;
  /** Hears after each batch how many of all points are done. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  /** Stops before the next batch. */
  readonly signal?: AbortSignal;
}

/** Shares of the score, a number for every number of the input. */
export interface IntegratedGradients extends Attribution {
  /** `[b]`, what the model gives the baselines. */
  readonly baselineScores: Float32Array;
  /** `[b]`, by how much the shares miss `score - baselineScore`, which they add up to as the steps grow (completeness). */
  readonly gap: Float32Array;
}

/**
 * Integrated gradients: the difference between the scores of an image and of a baseline, shared out among the voxels. The path is straight and its
 * integral taken at the middles of equal steps. Of several inputs, one goes along the path and the others stay.
 *
 * @throws `MgmtError` `interpret/bad-steps`, and what {@link saliency} throws; the signal's reason
 * @remarks Sundararajan et al. 2017, arXiv:1703.01365, equation 3.
 * @example
 * const shares = await integratedGradients(network, image, { steps: 64 });
 * shares.gap.length; // 1
 */
export async function integratedGradients(
  model: tf.LayersModel,
  x: ModelInput,
  { target, input = 0, baseline = 0, steps = 32, batchSize = 8, onProgress, signal }: IntegratedGradientsOptions = {},
): Promise<IntegratedGradients> {
  for (const [name, n] of Object.entries({ steps, batchSize })) if (!Number.isInteger(n) || n < 1) throw badCount(name, n);
  const score = scoreOf(target);
  return withInputs(model, x, async (inputs) => {
    const image = chosenInput(inputs, input);
    const from = baselineTensor(baseline, image);
    const images = image.shape[0]!;
    try {
      const [scores, baselineScores] = [
        await evaluateScore(model, inputs, score),
        await evaluateScore(model, inputs.toSpliced(input, 1, from), score),
      ];
      const data = new Float32Array(image.size);
      const gap = new Float32Array(images);
      for (let index = 0, done = 0; index < images; index++) {
        const shares = await sharesOf({ model, inputs, input, from, index, score }, steps, batchSize, async (count) => {
          onProgress?.({ done: (done += count), total: images * steps });
          await nextTurn();
          signal?.throwIfAborted();
        });
        data.set(shares, index * shares.length);
        gap[index] = shares.reduce((sum, share) => sum + share, 0) - (scores[index]! - baselineScores[index]!);
      }
      return { data, shape: [...image.shape], scores, baselineScores, gap };
    } finally {
      from.dispose();
    }
  });
}

interface Path {
  readonly model: tf.LayersModel;
  readonly inputs: readonly tf.Tensor[];
  /** Which of the inputs goes along the path. */
  readonly input: number;
  /** Where it starts, as large as the input. */
  readonly from: tf.Tensor;
  /** Of the image in the batch. */
  readonly index: number;
  readonly score: Score;
}

/** The shares of one image. */
async function sharesOf(path: Path, steps: number, batchSize: number, onBatch: (count: number) => Promise<void>): Promise<Float32Array> {
  let sum = tf.zeros([1, ...path.from.shape.slice(1)]);
  try {
    for (let start = 0; start < steps; start += batchSize) {
      const count = Math.min(batchSize, steps - start);
      const along = Array.from({ length: count }, (_, i) => (start + i + 0.5) / steps);
      const more = tf.tidy(() => tf.add(sum, gradientAlong(path, along)));
      sum.dispose();
      sum = more;
      await onBatch(count);
    }
    const shares = tf.tidy(() => tf.mul(way(path), tf.div(sum, steps)));
    try {
      return Float32Array.from(await shares.data());
    } finally {
      shares.dispose();
    }
  } finally {
    sum.dispose();
  }
}

/** The sum of the gradients at some points of the path, given as parts of the way: `[1, ...]`. */
function gradientAlong({ model, inputs, input, from, index, score }: Path, along: readonly number[]): tf.Tensor {
  const fixed = repeatImage(inputs, index, along.length);
  const parts = tf.reshape(tf.tensor1d([...along]), [along.length, ...from.shape.slice(1).map(() => 1)]);
  const points = tf.add(tf.slice(from, index, 1), tf.mul(parts, way({ inputs, input, from, index })));
  const { gradient, scores } = inputGradient(model, fixed.toSpliced(input, 1, points), input, score);
  const total = tf.sum(gradient, 0, true);
  tf.dispose([gradient, scores]);
  return total;
}

/** From the baseline to the image. */
function way({ inputs, input, from, index }: Pick<Path, 'inputs' | 'input' | 'from' | 'index'>): tf.Tensor {
  return tf.sub(tf.slice(inputs[input]!, index, 1), tf.slice(from, index, 1));
}

function baselineTensor(baseline: number | FloatArray, image: tf.Tensor): tf.Tensor {
  if (typeof baseline === 'number') return tf.fill(image.shape, baseline);
  if (baseline.shape.length === image.rank && baseline.shape.every((n, axis) => n === image.shape[axis])) {
    return tf.tensor(baseline.data, image.shape, 'float32');
  }
  throw new MgmtError('the baseline is not as large as the input', {
    code: 'interpret/wrong-input',
    where: 'option baseline',
    expected: `[${image.shape.join(', ')}]`,
    found: `[${baseline.shape.join(', ')}]`,
  });
}

function badCount(name: string, found: number): MgmtError {
  return new MgmtError('this is no number of steps', {
    code: 'interpret/bad-steps',
    where: `option ${name}`,
    expected: 'an integer of at least 1',
    found: `${found}`,
  });
}
