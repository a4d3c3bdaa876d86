import { MgmtError } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { MultiHeadAttention } from './layers/MultiHeadAttention.js';

/**
 * Where every attention layer of a network looks for these images: one tensor a layer, `[b, heads, n, n]`, how much each token (second to last axis)
 * takes from each; rows sum to 1. In evaluation mode, and for all tokens, also where the network itself needs the first one's only. The caller disposes
 * of them.
 *
 * @param x - images as the network takes them, with the batch axis
 * @throws `MgmtError` `nn/no-attention` where the network has no {@link MultiHeadAttention}
 * @remarks For attention rollout: Abnar & Zuidema 2020, doi:10.18653/v1/2020.acl-main.385.
 */
export function attentionMaps(model: tf.LayersModel, x: tf.Tensor): tf.Tensor4D[] {
  const layers = model.layers.filter((layer) => layer.getClassName() === MultiHeadAttention.className) as MultiHeadAttention[];
  if (layers.length === 0) {
    throw new MgmtError('the network has no attention layer', { code: 'nn/no-attention', where: model.name });
  }
  const before = tf.model({ inputs: model.inputs, outputs: layers.map((layer) => layer.input as tf.SymbolicTensor) });
  return tf.tidy(() => {
    const inputs = [before.apply(x, { training: false })].flat() as tf.Tensor[];
    return layers.map((layer, i) => layer.attentionMaps(inputs[i]!));
  });
}
