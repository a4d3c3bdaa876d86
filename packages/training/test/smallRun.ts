import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rng } from '@mgmt/core';
import { DropConnect, Dropout } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { arrayBatches, type BatchSource, type TrainingConfig } from '../src/index.js';

const SHAPE = [6, 6, 1];

/** A network out of stock layers, with running statistics and a fixed start: 6x6 images to one logit. */
export function smallModel(): tf.LayersModel {
  const start = (seed: number) => tf.initializers.glorotUniform({ seed });
  return tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: SHAPE as [number, number, number], filters: 4, kernelSize: 3, kernelInitializer: start(1) }),
      tf.layers.batchNormalization({ momentum: 0.9 }),
      tf.layers.reLU(),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({ units: 1, kernelInitializer: start(2) }),
    ],
  });
}

/** The small network with layers that draw random numbers in training. */
export function droppingModel(): tf.LayersModel {
  const start = (seed: number) => tf.initializers.glorotUniform({ seed });
  return tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: SHAPE as [number, number, number], filters: 4, kernelSize: 3, kernelInitializer: start(1) }),
      tf.layers.batchNormalization({ momentum: 0.9 }),
      new DropConnect({ name: 'connect', rate: 0.2, seed: 5 }),
      tf.layers.reLU(),
      tf.layers.globalAveragePooling2d({}),
      new Dropout({ name: 'drop', rate: 0.5, seed: 5 }),
      tf.layers.dense({ units: 1, kernelInitializer: start(2) }),
    ],
  });
}

/** Noise in which class 1 has a brighter corner: 20 images in batches of 4, shuffled by the epoch. */
export function smallData(
  options: { readonly cases?: number; readonly seed?: number; readonly onLoad?: (index: number) => unknown } = {},
): BatchSource {
  const { cases = 20, seed = 0, onLoad } = options;
  const labels = Array.from({ length: cases }, (_, i) => i % 2);
  return arrayBatches({
    ids: labels.map((_, i) => String(i).padStart(5, '0')),
    labels,
    shape: SHAPE,
    batchSize: 4,
    shuffle: rng(seed),
    load: async (index) => {
      await onLoad?.(index);
      const noise = rng(seed).child('image').child(index);
      return Float32Array.from({ length: 36 }, (_, at) => noise.normal() + (at < 18 ? 1.5 * labels[index]! : 0));
    },
  });
}

export const smallConfig: TrainingConfig = {
  epochs: 4,
  optimizer: { kind: 'adam', learningRate: 0.01, weightDecay: 0.01 },
  schedule: { kind: 'step', factor: 0.5, atEpochs: [2] },
  loss: { kind: 'binary-cross-entropy-with-logits' },
};

/** Of all weights of a model, running statistics included. */
export function sha256(model: tf.LayersModel): string {
  const hash = createHash('sha256');
  for (const weight of model.getWeights()) hash.update(new Uint8Array((weight.dataSync() as Float32Array).slice().buffer));
  return hash.digest('hex');
}

/** Calls with a new folder that is gone afterwards. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'mgmt-training-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
