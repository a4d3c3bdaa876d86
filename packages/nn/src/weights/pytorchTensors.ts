import * as tf from '@tensorflow/tfjs';
import type { PytorchSlot } from '../layers/pytorchSlots.js';
import { adaptStem } from './adaptStem.js';
import type { WeightData } from './elementTypes.js';
import { planLoad, type LoadOptions, type LoadReport, type Wanted } from './planLoad.js';
import { fromPytorchLayout, pytorchShape, toPytorchLayout } from './pytorchLayout.js';
import { pytorchSlotsOf } from './pytorchSlotsOf.js';
import { elementType, type WeightTensor } from './weightTensor.js';

/**
 * A model's weights under the names and in the layout of PyTorch's `state_dict`, ready for {@link encodeSafetensors}. Layers stand in the order in
 * which they were made, so that parameters come in PyTorch's order where the code follows PyTorch's.
 *
 * @throws `MgmtError` `nn/no-pytorch-name` where a layer with weights is none of this package's
 */
export function toPytorchTensors(model: tf.LayersModel): Map<string, WeightTensor<Float32Array>> {
  return new Map(
    [...pytorchSlotsOf(model)].map(([name, { layout, weight }]) => {
      const turned = tf.tidy(() => toPytorchLayout(weight.read(), layout));
      const data = turned.dataSync<'float32'>().slice();
      turned.dispose();
      return [name, { shape: turned.shape, data }];
    }),
  );
}

/**
 * Sets a model's weights from tensors under PyTorch's names, or those of torchvision, timm, MONAI or efficientnet_pytorch (see `loadPytorch` of
 * `@mgmt/nn/files`, which reads them from a file one by one). Nothing is changed where it throws.
 *
 * @throws `MgmtError` `nn/weights-do-not-fit` where tensors are missing, unexpected or misshapen; `nn/no-such-module`; `nn/no-pytorch-name`
 */
export function loadPytorchTensors(
  model: tf.LayersModel,
  tensors: ReadonlyMap<string, WeightTensor>,
  options: LoadOptions = {},
): LoadReport {
  const slots = pytorchSlotsOf(model);
  const offered = new Map([...tensors].map(([name, tensor]) => [name, { shape: tensor.shape, type: elementType(tensor)! }]));
  const { sources, report } = planLoad(wantedOf(slots), offered, options, undefined);
  for (const { name, source, stemChannels } of sources) {
    const tensor = tensors.get(source)!;
    setSlot(
      slots.get(name)!,
      stemChannels === undefined ? { shape: tensor.shape, data: copied(tensor.data) } : adaptStem(tensor, stemChannels),
    );
  }
  return report;
}

/** What a model's weights look like in PyTorch. */
export function wantedOf(slots: ReadonlyMap<string, PytorchSlot>): ReadonlyMap<string, Wanted> {
  return new Map(
    [...slots].map(([name, { layout, weight }]) => {
      return [name, { shape: pytorchShape(weight.shape as number[], layout), isKernel: layout === 'conv' }];
    }),
  );
}

/**
 * Sets one weight.
 *
 * @param tensor - in PyTorch's layout, of floats; tfjs may keep its array
 */
export function setSlot({ layout, weight }: PytorchSlot, { shape, data }: WeightTensor): void {
  tf.tidy(() => {
    const values = data.constructor.name === 'Float32Array' ? (data as Float32Array) : Float32Array.from(data as Float64Array);
    weight.write(fromPytorchLayout(tf.tensor(values, [...shape], 'float32'), layout));
  });
}

/** tfjs keeps the array that it is given. */
const copied = (data: WeightData): WeightData => (data.constructor.name === 'Float32Array' ? data.slice() : data);
