import type { LayersModel } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';

/**
 * A model with the same inputs whose outputs are those of these layers, all from one pass. It shares the layers: dispose of `model` alone.
 *
 * @param layers - their names, `layer3.1`
 * @throws `Error` of tfjs where a layer is not there
 * @example
 * const [layer3, layer4] = featureModel(network, ['layer3.1', 'layer4.1']).predict(images) as tf.Tensor[];
 */
export function featureModel(model: LayersModel, layers: readonly string[]): LayersModel {
  return tf.model({ inputs: model.inputs, outputs: layers.map((name) => model.getLayer(name).output as tf.SymbolicTensor) });
}
