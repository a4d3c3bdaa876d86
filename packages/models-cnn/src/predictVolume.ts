import { MgmtError, type Volume } from '@mgmt/core';
import { probabilitiesOf, type LayersModel } from '@mgmt/nn';
import { paperInputs, prepareInput, type CasePipeline, type CaseVolumes, type PaperInput } from '@mgmt/preprocess';

/** A network with the input that it was trained on. */
export interface NetworkWithInput {
  /** With one logit, and as many inputs as the pipeline makes. */
  readonly model: LayersModel;
  /** One of the paper's by name, or any pipeline. */
  readonly input: PaperInput | CasePipeline;
}

/**
 * From a case as it was read to the probability of class 1: prepares it as the network's input says, and asks the network. Of a network of slices it is
 * the mean over the slices that the input keeps.
 *
 * @param source - the case's volumes by modality, with a mask where the input takes one; or the one volume of an input of one modality
 * @returns in [0, 1]
 * @throws `MgmtError` `models-cnn/no-slices` where the input keeps none, `nn/wrong-input` where it does not fit the network, and what `prepareInput`
 * throws: `preprocess/no-such-series`, `preprocess/no-mask`, `preprocess/blank-volume`
 * @example
 * const { volume } = await readSeries('00042/T1wCE');
 * const p = await predictVolume({ model: network, input: 'resnet10' }, volume);
 */
export async function predictVolume({ model, input }: NetworkWithInput, source: Volume | CaseVolumes): Promise<number> {
  const pipeline: CasePipeline = typeof input === 'string' ? paperInputs[input] : input;
  const prepared = prepareInput(pipeline, 'volumes' in source ? source : { volumes: alone(pipeline, source) });
  const samples = 'samples' in prepared ? prepared.samples.map(({ arrays }) => arrays) : [prepared.arrays];
  if (samples.length === 0) {
    throw new MgmtError('no slice of the case is one that the network looks at', {
      code: 'models-cnn/no-slices',
      found: 'dropped' in prepared ? `${prepared.dropped} slices dropped by the rule ${prepared.by}` : 'none',
      hint: 'look at the series and its mask',
    });
  }
  const probabilities = await probabilitiesOf(model, samples);
  return probabilities.reduce((sum, p) => sum + p, 0) / probabilities.length;
}

/** A volume as the only modality that the pipeline asks for. */
function alone({ inputs }: CasePipeline, volume: Volume): CaseVolumes['volumes'] {
  const [modality, ...others] = new Set(inputs.flat());
  if (others.length === 0) return { [modality!]: volume };
  throw new MgmtError('the network takes several modalities', {
    code: 'models-cnn/several-modalities',
    expected: `{ volumes: { ${[modality, ...others].join(', ')} } }`,
    found: 'one volume',
  });
}
