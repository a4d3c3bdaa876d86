import { MODALITIES, phantomCase, phantomConfig } from '@mgmt/cohort';
import { resnet, resnet18Config } from '@mgmt/models-cnn';
import { selectBackend, simclrAugmentation } from '@mgmt/nn';
import { casePipeline, prepareInput } from '@mgmt/preprocess';
import {
  alignment,
  chanceNtXent,
  embed,
  encoderOf,
  nearestNeighborAccuracy,
  pretrain,
  type PretrainingConfig,
  type UnlabeledImages,
} from '../src/index.js';

beforeAll(async () => void (await selectBackend()));

const SIZE = 16;
const CASES = 16;

/** Slices of phantom heads in memory, and of what patient and modality each is. */
function heads(): UnlabeledImages & { readonly modalities: readonly string[]; readonly patients: readonly string[] } {
  const config = phantomConfig({ cases: CASES, shape: [8, SIZE, SIZE], scannerSpread: 3, seed: 5 });
  const found = Array.from({ length: CASES }, (_, i) => phantomCase(config, i)).flatMap(({ id, render }) =>
    MODALITIES.flatMap((modality) => {
      const input = casePipeline({
        inputs: [[modality]],
        steps: [{ step: 'toAxial' }, { step: 'minMax' }, { step: 'resizeSlices', rows: SIZE, columns: SIZE }],
        layout: { as: 'slices', keep: { by: 'brain', share: 0.9 } },
      });
      return prepareInput(input, { volumes: { [modality]: render(modality) } }).samples.map(({ arrays }) => ({
        id,
        modality,
        pixels: arrays[0]!.data as Float32Array,
      }));
    }),
  );
  return {
    ids: found.map(({ id, modality }) => `${id}/${modality}`),
    shape: [SIZE, SIZE, 1],
    load: async (index) => found[index]!.pixels,
    modalities: found.map(({ modality }) => modality),
    patients: found.map(({ id }) => id),
  };
}

const config: PretrainingConfig = {
  augmentation: simclrAugmentation,
  batchSize: 16,
  temperature: 0.1,
  projection: { hidden: 64, units: 32 },
  seed: 0,
  training: { epochs: 8, optimizer: { kind: 'adam', learningRate: 2e-3 }, schedule: { kind: 'cosine', epochs: 8 } },
};

it('on phantom heads the loss falls below chance and the embedding learns the modality, which nobody told it', async () => {
  const slices = heads();
  const encoder = encoderOf(resnet({ ...resnet18Config, width: 8, stemStride: 1, spatial: [SIZE, SIZE] }));
  const accuracy = async () =>
    nearestNeighborAccuracy(await embed(encoder, slices), slices.modalities, { patients: slices.patients, k: 5 });
  const before = await accuracy();
  const { history } = await pretrain(encoder, slices, config);
  const after = await accuracy();
  expect(history.at(-1)!.trainLoss).toBeLessThan(0.75 * chanceNtXent(16));
  expect(after).toBeGreaterThan(before);
  expect(alignment(await embed(encoder, slices), await embed(encoder, slices))).toBe(0); // evaluation mode draws nothing
  encoder.dispose();
});
