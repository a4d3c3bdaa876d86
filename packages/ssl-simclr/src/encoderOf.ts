import { type LayersModel, model, type SymbolicTensor } from '@mgmt/nn';

/**
 * A network up to the features that its last layer sees. It shares the layers: dispose of one of the two.
 *
 * @param features - the layer whose output they are; the last but one by default
 * @throws `Error` of tfjs where the layer is not there
 * @example
 * const encoder = encoderOf(resnet({ ...resnet18Config, spatial: [128, 128] })); // [b, 128, 128, 1] to [b, 512]
 */
export function encoderOf(network: LayersModel, features: string = network.layers.at(-2)!.name): LayersModel {
  return model(network.inputs, network.getLayer(features).output as SymbolicTensor);
}
