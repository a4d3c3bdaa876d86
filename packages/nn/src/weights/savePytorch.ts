import * as tf from '@tensorflow/tfjs';
import type { PytorchSlot } from '../layers/pytorchSlots.js';
import { pytorchShape, toPytorchLayout } from './pytorchLayout.js';
import { pytorchSlotsOf } from './pytorchSlotsOf.js';
import type { WeightTensor } from './weightTensor.js';
import { writeSafetensors, type WrittenFile } from './writeSafetensors.js';

/** Options of {@link savePytorch}. */
export interface SaveOptions {
  /** `F32` by default, which loses nothing; `BF16` and `F16` take half the room. */
  readonly type?: 'F32' | 'F16' | 'BF16';
  /** Texts to keep beside the weights. `format: 'pt'`, which readers in Python look for, is always among them. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * Writes a model's weights as a `.safetensors` file that PyTorch's `load_state_dict` takes: its names, its layout, its order. One weight at a time is
 * taken from the device, and the file appears whole or not at all.
 *
 * @throws `MgmtError` `nn/no-pytorch-name`; `core/cannot-write`
 * @example
 * const { sha256 } = await savePytorch(network, 'network.safetensors');
 */
export async function savePytorch(
  model: tf.LayersModel,
  path: string,
  { type = 'F32', metadata = {} }: SaveOptions = {},
): Promise<WrittenFile> {
  const tensors = [...pytorchSlotsOf(model)].map(([name, slot]) => ({
    name,
    type,
    shape: pytorchShape(slot.weight.shape as number[], slot.layout),
    tensor: () => download(slot, type),
  }));
  return writeSafetensors(path, tensors, { format: 'pt', ...metadata });
}

async function download({ weight, layout }: PytorchSlot, type: 'F32' | 'F16' | 'BF16'): Promise<WeightTensor> {
  const turned = tf.tidy(() => toPytorchLayout(weight.read(), layout));
  try {
    const data = await turned.data<'float32'>();
    return { shape: turned.shape, data, ...(type !== 'F32' && { type }) };
  } finally {
    turned.dispose();
  }
}
