import { MgmtError } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { findLayer, leafLayers } from './layers.js';
import { runTapped } from './runTapped.js';

/** What was kept of one run of a layer; the tensor is the caller's to dispose. */
export interface KeptOutput {
  /** The layer's path; `conv1#2` for the second time that it ran. */
  readonly use: string;
  readonly tensor: tf.Tensor;
}

/**
 * Runs the model once and keeps what `reduce` makes of the layers' outputs, in the order in which they ran. The outputs themselves are freed as the
 * model goes.
 *
 * @param layers - names; every layer where none are given
 * @throws `MgmtError` `interpret/unknown-layer`
 */
export function keepOfLayers(
  model: tf.LayersModel,
  inputs: readonly tf.Tensor[],
  layers: readonly string[] | undefined,
  reduce: (output: tf.Tensor) => tf.Tensor,
): readonly KeptOutput[] {
  const named = layers?.map((name) => findLayer(model, name));
  const uses = named && new Set(named.map(({ use }) => use));
  const tapped = named ? [...new Map(named.map((each) => [each.layer, each])).values()] : leafLayers(model);
  const kept: KeptOutput[] = [];
  try {
    tf.tidy(() => {
      runTapped(model, inputs, tapped, (use, output) => {
        if (!uses || uses.has(use)) kept.push({ use, tensor: tf.keep(tf.tidy(() => reduce(output))) });
        return output;
      });
    });
    for (const use of uses ?? []) if (!kept.some((each) => each.use === use)) throw notReached(use);
    return kept;
  } catch (error) {
    tf.dispose(kept.map(({ tensor }) => tensor));
    throw error;
  }
}

/** A layer that is there and yet gave nothing that could be shown. */
export function notReached(use: string): MgmtError {
  return new MgmtError(`the layer '${use}' gave no single tensor in this pass`, {
    code: 'interpret/unknown-layer',
    hint: 'it gives several tensors, or runs less often than the number behind # says',
  });
}
