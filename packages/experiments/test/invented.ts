import { rng } from '@mgmt/core';
import type { Plan, Prediction, RunRecord } from '../src/records.js';

/** A finished run with made-up numbers: its logits are normal, those of class 1 higher by `effect`. */
export function invented(seed: number, { effect = 0, validation = [56, 61] as readonly [number, number] } = {}): RunRecord {
  const draw = rng('invented').child(seed);
  const predict = (set: Prediction['set'], id: number, label: 0 | 1 | null): Prediction => {
    const logit = draw.normal() + (label === 1 ? effect : 0);
    return { set, id: String(id).padStart(5, '0'), label, logit, probability: 1 / (1 + Math.exp(-logit)) };
  };
  const set = (name: Prediction['set'], [zeros, ones]: readonly [number, number], first: number) =>
    Array.from({ length: zeros + ones }, (_, i) => predict(name, first + i, i < zeros ? 0 : 1));
  return {
    folder: `results/resnet10-seeds/quick-seed${seed}`,
    run: {
      study: 'resnet10-seeds',
      run: `quick-seed${seed}`,
      status: 'done',
      config: {
        model: { kind: 'resnet10-3d', width: 64 },
        modality: 'T1wCE',
        input: { slices: 16, rows: 32, columns: 32 },
        validationShare: 0.2,
        splitSeed: 0,
        batchSize: 8,
        training: {
          epochs: 3,
          optimizer: { kind: 'adam', learningRate: 1e-4 },
          schedule: { kind: 'step', factor: 0.5, atEpochs: [2] },
          loss: { kind: 'binary-cross-entropy-with-logits' },
        },
        seed,
      },
      data: { description: 'invented numbers', fingerprint: '0' },
      seed,
      command: 'mgmt run resnet10-seeds',
      versions: { mgmt: '0.1.0', node: '20.19.0', tfjs: '4.22.0' },
      backend: { backend: 'cpu', device: 'a test', versions: { tfjs: '4.22.0' } },
      startedAt: '2026-01-01T00:00:00.000Z',
      finishedAt: `2026-01-01T00:0${seed}:00.000Z`,
      seconds: 12.5,
    },
    epochs: [1, 2, 3].map((epoch) => ({
      epoch,
      learningRate: 1e-4,
      trainLoss: 0.72 - 0.01 * epoch,
      validationLoss: 0.7,
      auc: 0.5 + 0.01 * epoch,
      seconds: 4,
    })),
    predictions: [
      ...set('train', [30, 30], 1000),
      ...set('validation', validation, 0),
      ...[0, 1, 2, 3, 4].map((i) => predict('test', 5000 + i, null)),
    ],
  };
}

/** The plan that these runs fulfil. */
export function inventedPlan(records: readonly RunRecord[], signal?: number): Plan {
  return {
    study: 'resnet10-seeds',
    profile: 'quick',
    runs: records.map((record) => record.run.run),
    cohort: {
      description: signal === undefined ? 'the cohort in data' : 'the embedded phantom cohort',
      counts: { training: [222, 246], validation: [56, 61], test: 5 },
      setAside: [{ id: '00042', reason: 'dicom-io/truncated-pixel-data: train/00042/T1wCE/Image-17.dcm: <b>ends</b> early' }],
      ...(signal !== undefined && { signal }),
    },
    command: 'mgmt run resnet10-seeds',
  };
}
