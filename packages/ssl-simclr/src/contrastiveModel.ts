import { MgmtError } from '@mgmt/core';
import { type LayersModel, model, type Precision, type SymbolicTensor } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { CachedPass } from './CachedPass.js';
import { PairLogits } from './pairLogits.js';
import { projectionHead, type ProjectionHeadConfig } from './projectionHead.js';

/** What {@link contrastiveModel} puts on an encoder. */
export interface ContrastiveModelConfig {
  readonly projection: ProjectionHeadConfig;
  readonly temperature: number;
  /** Views that pass through the network at once, all of a batch by default; see {@link CachedPass}. */
  readonly microBatch?: number;
  /** In what the network computes in micro-batches, `float32` by default. */
  readonly precision?: Precision;
}

/** An encoder with what pretraining puts on it. */
export interface ContrastiveModel {
  /** Views `[2 N, ...]` to logits `[2 N, 2 N]`. */
  readonly model: LayersModel;
  /** Frees the projection head; the encoder stays. */
  disposeHead(): void;
}

/**
 * An encoder made ready for pretraining: its logits say by how much each view takes each other one for its partner, so that cross entropy on them is NT-Xent
 * and whatever trains a classifier trains this. It shares the encoder's layers.
 *
 * @throws `MgmtError` `ssl-simclr/no-encoder` where the encoder does not give one vector for one image
 */
export function contrastiveModel(encoder: LayersModel, config: ContrastiveModelConfig): ContrastiveModel {
  checkEncoder(encoder);
  const { projection, temperature, microBatch, precision = 'float32' } = config;
  const x = encoder.inputs[0]!;
  const embedding = model(x, projectionHead(encoder.outputs[0]!, projection));
  const logits = (z: SymbolicTensor) => new PairLogits({ temperature }).apply(z) as SymbolicTensor;
  const head = embedding.layers.filter((layer) => !encoder.layers.includes(layer));
  const disposeHead = () => head.forEach((layer) => layer.dispose());
  if (microBatch === undefined) return { model: model(x, logits(embedding.outputs[0]!)), disposeHead };
  const views = tf.input({ shape: x.shape.slice(1) });
  const cached = new CachedPass({ model: embedding, microBatch, precision });
  return { model: model(views, logits(cached.apply(views) as SymbolicTensor)), disposeHead };
}

function checkEncoder({ inputs, outputs }: LayersModel): void {
  if (inputs.length === 1 && outputs.length === 1 && outputs[0]!.shape.length === 2) return;
  throw new MgmtError('this is no encoder', {
    code: 'ssl-simclr/no-encoder',
    expected: 'one input, and one vector of features out: [b, n]',
    found: `${inputs.length} inputs, and out ${outputs.map(({ shape }) => `[${shape.map((n) => n ?? 'b').join(', ')}]`).join(', ')}`,
    hint: 'cut the network before its classifier: encoderOf(network)',
  });
}
