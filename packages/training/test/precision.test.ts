import { hasBfloat16, selectBackend } from '@mgmt/nn';
import { phantomCase, phantomConfig } from '@mgmt/cohort';
import { rng } from '@mgmt/core';
import { rocAuc } from '@mgmt/evaluation';
import { resnet, resnet10Config } from '@mgmt/models-cnn';
import { resnet10Input, runPipeline } from '@mgmt/preprocess';
import { arrayBatches, fit, predict, type TrainingConfig } from '../src/index.js';

const SPATIAL = [16, 32, 32] as const;
const TRAINING_CASES = 60;
const CASES = 90;

describe('training in bfloat16', () => {
  it('reaches the AUC of float32 on phantoms whose label shows', async () => {
    await selectBackend();
    if (!hasBfloat16()) return; // no such instructions, or no native backend: nothing to compare
    const config = phantomConfig({ cases: CASES, testCases: 0, shape: [16, 48, 48], signal: 1 });
    const steps = resnet10Input({ slices: SPATIAL[0], rows: SPATIAL[1], columns: SPATIAL[2] });
    const all = Array.from({ length: CASES }, (_, i) => {
      const { label, render } = phantomCase(config, i);
      return { label, voxels: runPipeline(steps, render('T1wCE')).data as Float32Array };
    });
    const batchesOf = (cases: typeof all, shuffled: boolean) =>
      arrayBatches({
        ids: cases.map((_, i) => String(i)),
        labels: cases.map(({ label }) => label),
        shape: [...SPATIAL, 1],
        batchSize: 10,
        load: (i) => Promise.resolve(cases[i]!.voxels),
        ...(shuffled && { shuffle: rng(1) }),
      });
    const [known, held] = [all.slice(0, TRAINING_CASES), all.slice(TRAINING_CASES)];
    const aucIn = async (precision: 'float32' | 'bfloat16') => {
      const network = resnet({ ...resnet10Config, width: 8, spatial: SPATIAL, seed: 3 });
      await fit(network, batchesOf(known, true), { ...training, precision });
      const { probabilities } = await predict(network, batchesOf(held, false));
      network.dispose();
      return rocAuc(held.map(({ label }) => label), probabilities); // prettier-ignore
    };
    const [float32, bfloat16] = [await aucIn('float32'), await aucIn('bfloat16')];
    expect(float32).toBeGreaterThan(0.9);
    expect(Math.abs(bfloat16 - float32)).toBeLessThan(0.05);
  }, 120_000);
});

const training: TrainingConfig = {
  epochs: 10,
  optimizer: { kind: 'adam', learningRate: 1e-3 },
  schedule: { kind: 'step', factor: 0.5, atEpochs: [7] },
  loss: { kind: 'binary-cross-entropy-with-logits' },
};
