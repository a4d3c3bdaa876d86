import * as tf from '@tensorflow/tfjs';
import { type FloatArray } from './floatArray.js';
import { keepOfLayers } from './keepOfLayers.js';
import { type ModelInput, withInputs } from './modelInputs.js';
import { nextTurn } from './nextTurn.js';

/** A layer's view of many images: `[images, features]`, a row an image. */
export interface LayerVectors extends FloatArray {
  /** The layer's path; `conv1#2` for the second time that a shared layer ran. */
  readonly layer: string;
  readonly shape: readonly [images: number, features: number];
}

/** Options of {@link layerVectors}. */
export interface LayerVectorsOptions {
  /** By name, in any order; every layer by default. */
  readonly layers?: readonly string[];
  /** Hears after each batch how many images are done. */
  readonly onProgress?: (progress: { readonly done: number }) => void;
  /** Stops before the next batch. */
  readonly signal?: AbortSignal;
}

/**
 * A vector a layer and image: the mean over all axes between batch and channel (of tokens, over the tokens), for t-SNE (the paper's Figures 6 and
 * 14). One batch is in memory at a time, and of each layer only its means.
 *
 * @param batches - in the order that the rows shall have; tensors stay with whoever makes the batches, and may be freed once the next is asked for
 * @returns in the order in which the layers ran
 * @throws `MgmtError` `interpret/wrong-input`, `interpret/unknown-layer`; the signal's reason
 * @example
 * const [mean] = await layerVectors(network, batches(), { layers: ['relu2'] });
 * mean.shape; // [4, 16]
 */
export async function layerVectors(
  model: tf.LayersModel,
  batches: AsyncIterable<ModelInput> | Iterable<ModelInput>,
  { layers, onProgress, signal }: LayerVectorsOptions = {},
): Promise<LayerVectors[]> {
  const rows = new Map<string, Float32Array[]>(); // a matrix a batch
  let done = 0;
  for await (const x of batches) {
    signal?.throwIfAborted();
    done += await withInputs(model, x, async (inputs) => {
      const kept = keepOfLayers(model, inputs, layers, meanOverSpace);
      try {
        for (const { use, tensor } of kept) {
          const matrices = rows.get(use) ?? [];
          matrices.push(Float32Array.from(await tensor.data()));
          rows.set(use, matrices);
        }
      } finally {
        tf.dispose(kept.map(({ tensor }) => tensor));
      }
      return inputs[0]!.shape[0]!;
    });
    onProgress?.({ done });
    await nextTurn();
  }
  return [...rows].map(([layer, matrices]) => {
    const data = joined(matrices);
    return { layer, data, shape: [done, data.length / done] };
  });
}

/** `[b, ..., c]` to `[b, c]`. */
function meanOverSpace(output: tf.Tensor): tf.Tensor {
  const { shape, rank } = output;
  if (rank <= 2) return tf.reshape(output, [shape[0]!, -1]);
  return tf.mean(tf.reshape(output, [shape[0]!, -1, shape.at(-1)!]), 1);
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
