import type { LayersModel } from '@tensorflow/tfjs';
import { encodeSafetensors, loadPytorchTensors, decodeSafetensors, toPytorchTensors } from '@mgmt/nn';
import { resnet, resnet10Config } from '@mgmt/models-cnn';
import type { InputSize } from '@mgmt/preprocess';
import type { ModelConfig } from './study.js';

/** The network of a run, its weights drawn from the seed. */
export function buildModel(config: ModelConfig, { slices, rows, columns }: InputSize, seed: number): LayersModel {
  switch (config.kind) {
    case 'resnet10-3d':
      return resnet({ ...resnet10Config, spatial: [slices, rows, columns], width: config.width, seed });
    default:
      return config.kind satisfies never;
  }
}

/** The weights as a safetensors file, under PyTorch's names. */
export const saveModel = (model: LayersModel): Uint8Array => encodeSafetensors(toPytorchTensors(model));

/** The weights of such a file into a network of the same config. */
export function loadModel(model: LayersModel, bytes: Uint8Array, where: string): void {
  loadPytorchTensors(model, decodeSafetensors(bytes, where).tensors);
}
