import { MgmtError } from '@mgmt/core';
import type * as tf from '@tensorflow/tfjs';
import { isPytorchNamed, type PytorchSlot } from '../layers/pytorchSlots.js';

/**
 * A model's weights by their names in PyTorch's `state_dict`: `layer1.0.conv1.weight`. Layers stand in the order in which they were made, so that
 * parameters come in PyTorch's order where the code follows PyTorch's. What a layer's name has before a slash is no part of its module's, which may begin
 * with an underscore, as tfjs's names may not: `efficientnet/_conv_stem`.
 *
 * @throws `MgmtError` `nn/no-pytorch-name` where a layer with weights is none of this package's, `nn/same-pytorch-name` where two have one name
 */
export function pytorchSlotsOf(model: tf.LayersModel): ReadonlyMap<string, PytorchSlot> {
  const layers = model.layers.filter(({ weights }) => weights.length > 0).sort((a, b) => a.id - b.id);
  const slots = layers.flatMap((layer) => {
    if (!isPytorchNamed(layer)) {
      throw new MgmtError('a layer does not know the names of its weights in PyTorch', {
        code: 'nn/no-pytorch-name',
        where: `${layer.name} (${layer.getClassName()})`,
        hint: 'use a layer of @mgmt/nn, or give yours a method pytorchSlots()',
      });
    }
    const module = layer.name.slice(layer.name.lastIndexOf('/') + 1);
    return layer.pytorchSlots().map((slot) => [slot.name === '' ? module : `${module}.${slot.name}`, slot] as const);
  });
  const byName = new Map(slots);
  if (byName.size === slots.length) return byName;
  const [twice] = slots.find(([name, slot]) => byName.get(name) !== slot)!;
  throw new MgmtError('two weights have one name in PyTorch', {
    code: 'nn/same-pytorch-name',
    found: twice,
    hint: "give one of the layers another name; what stands before a slash does not count ('branch2.' in front does)",
  });
}
