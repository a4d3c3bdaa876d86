import { probabilitiesOf, type LayersModel } from '@mgmt/nn';

/**
 * The probability of class 1 that a network with one logit and one input gives one prepared image.
 *
 * @param voxels - `[d, h, w]` or `[h, w, c]` in C order, exactly the network's input without the batch axis
 * @returns in [0, 1]
 * @throws `MgmtError` `nn/wrong-input` where the number of voxels, of inputs or of logits is another
 * @example
 * const p = await probabilityOf(network, volume.data);
 */
export async function probabilityOf(model: LayersModel, voxels: Float32Array): Promise<number> {
  const shape = model.inputs[0]!.shape.slice(1) as number[];
  const [probability] = await probabilitiesOf(model, [[{ data: voxels, shape }]]);
  return probability!;
}
