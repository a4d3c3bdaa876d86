import type { Volume } from '@mgmt/core';
import { probabilitiesOf, type LayersModel } from '@mgmt/nn';
import { paperInputs, prepareInput, type CasePipeline, type CaseVolumes } from '@mgmt/preprocess';

/** A pipeline that makes one image of a case: a volume, or its slices as channels. */
export type ImagePipeline = CasePipeline & { readonly layout: { readonly as: 'volume' | 'slices-as-channels' } };

/** A vision transformer with the input that it was trained on. */
export interface VitWithInput {
  /** With one logit. */
  readonly model: LayersModel;
  /** One of the paper's by name, `vit-3d` for a network over volumes and `vit-2d` for one over slices as channels, or any pipeline to one image. */
  readonly input: 'vit-3d' | 'vit-2d' | ImagePipeline;
}

/**
 * From a case as it was read to the probability of class 1: prepares it as the network's input says, and asks the network.
 *
 * @param source - the case's volumes by modality; or the one volume of an input of one modality
 * @returns in [0, 1]
 * @throws `MgmtError` `nn/wrong-input` where the image does not fit the network, and what `prepareInput` throws: `preprocess/no-such-series`,
 * `preprocess/blank-volume`
 * @example
 * const p = await predictVolume({ model: network, input: 'vit-3d' }, volume);
 */
export async function predictVolume({ model, input }: VitWithInput, source: Volume | CaseVolumes): Promise<number> {
  const pipeline: ImagePipeline = typeof input === 'string' ? paperInputs[input] : input;
  const { arrays } = prepareInput(pipeline, 'volumes' in source ? source : { volumes: { [pipeline.inputs[0]![0]!]: source } });
  const [probability] = await probabilitiesOf(model, [arrays]);
  return probability!;
}
