import { MgmtError } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { isPytorchNamed, type PytorchSlot } from '../layers/pytorchSlots.js';
import { fromPytorchLayout, pytorchShape, toPytorchLayout } from './pytorchLayout.js';
import type { WeightData, WeightTensor } from './safetensors.js';

/** How a file's tensors and a model's fit together, by the names of PyTorch. */
export interface LoadReport {
  readonly loaded: readonly string[];
  /** The model has them, the file does not. */
  readonly missing: readonly string[];
  /** The file has them, the model does not; counters of batches, which nothing here uses, are passed over. */
  readonly unexpected: readonly string[];
  readonly misshapen: readonly { readonly name: string; readonly expected: readonly number[]; readonly found: readonly number[] }[];
}

/**
 * A model's weights under the names and in the layout of PyTorch's `state_dict`, ready for {@link encodeSafetensors}. Layers stand in the order in
 * which they were made, so that parameters come in PyTorch's order where the code follows PyTorch's.
 *
 * @throws `MgmtError` `nn/no-pytorch-name` where a layer with weights is none of this package's
 */
export function toPytorchTensors(model: tf.LayersModel): Map<string, WeightTensor<Float32Array>> {
  return new Map(
    [...slotsOf(model)].map(([name, { layout, weight }]) => {
      const turned = toPytorchLayout(weight.read(), layout);
      const data = turned.dataSync<'float32'>().slice();
      turned.dispose();
      return [name, { shape: turned.shape, data }];
    }),
  );
}

/**
 * Sets a model's weights from tensors under PyTorch's names. Nothing is changed where it throws.
 *
 * @param options - `partial`: true loads what fits and reports the rest, for a network with another head
 * @throws `MgmtError` `nn/weights-do-not-fit` where tensors are missing, unexpected or misshapen; `nn/no-pytorch-name`
 */
export function loadPytorchTensors(
  model: tf.LayersModel,
  tensors: ReadonlyMap<string, WeightTensor>,
  { partial = false }: { readonly partial?: boolean } = {},
): LoadReport {
  const slots = slotsOf(model);
  const shared = [...slots].filter(([name]) => tensors.has(name)).map(([name, slot]) => ({ name, slot, tensor: tensors.get(name)! }));
  const expectedShape = ({ layout, weight }: PytorchSlot) => pytorchShape(weight.shape as number[], layout);
  const fits = shared.filter(({ slot, tensor }) => expectedShape(slot).join() === tensor.shape.join());
  const report: LoadReport = {
    loaded: fits.map(({ name }) => name),
    missing: [...slots.keys()].filter((name) => !tensors.has(name)),
    unexpected: [...tensors.keys()].filter((name) => !slots.has(name) && !name.endsWith('.num_batches_tracked')),
    misshapen: shared
      .filter((one) => !fits.includes(one))
      .map(({ name, slot, tensor }) => ({ name, expected: expectedShape(slot), found: tensor.shape })),
  };
  if (!partial) checkWhole(report);
  for (const { slot, tensor } of fits) {
    tf.tidy(() => void slot.weight.write(fromPytorchLayout(tf.tensor(asFloat32(tensor.data), [...tensor.shape], 'float32'), slot.layout)));
  }
  return report;
}

function slotsOf(model: tf.LayersModel): ReadonlyMap<string, PytorchSlot> {
  const layers = model.layers.filter(({ weights }) => weights.length > 0).sort((a, b) => a.id - b.id);
  return new Map(
    layers.flatMap((layer) => {
      if (!isPytorchNamed(layer)) {
        throw new MgmtError('a layer does not know the names of its weights in PyTorch', {
          code: 'nn/no-pytorch-name',
          where: `${layer.name} (${layer.getClassName()})`,
          hint: 'use a layer of @mgmt/nn, or give yours a method pytorchSlots()',
        });
      }
      return layer.pytorchSlots().map((slot) => [`${layer.name}.${slot.name}`, slot] as const);
    }),
  );
}

/** Always a copy: tfjs keeps the array that it is given. */
function asFloat32(data: WeightData): Float32Array {
  return data.constructor.name === 'Float32Array' ? (data as Float32Array).slice() : Float32Array.from(data, Number);
}

function checkWhole({ missing, unexpected, misshapen }: LoadReport): void {
  const wrong = [
    ...missing.map((name) => `${name} is missing`),
    ...unexpected.map((name) => `${name} is unexpected`),
    ...misshapen.map(({ name, expected, found }) => `${name} is ${found.join(' x ')}, not ${expected.join(' x ')}`),
  ];
  if (wrong.length === 0) return;
  const shown = wrong.slice(0, 6).join('; ');
  throw new MgmtError('the weights do not fit the network', {
    code: 'nn/weights-do-not-fit',
    found: wrong.length > 6 ? `${shown}; and ${wrong.length - 6} more` : shown,
    hint: 'check the config (channels, classes, blocks), or load with { partial: true }',
  });
}
