import { fileURLToPath } from 'node:url';
import type { RunConfig } from './study.js';

/** The run folder of the demonstration network, in this package. `mgmt train-demo` makes it. */
export const DEMO_FOLDER = fileURLToPath(new URL('../demo', import.meta.url));

/** Made-up heads in which every tumor shows its label. */
export const DEMO_PHANTOM = { cases: 200, testCases: 0, shape: [32, 64, 64], signal: 1, seed: 1 } as const;

/**
 * A ResNet10 of an eighth of the width: 0.9 MB instead of 57. It has learned to read a sign that was painted into made-up heads, so that
 * `mgmt case` has a network to show on a machine where none was trained yet. On a real head its score means nothing.
 */
export const DEMO_RUN: RunConfig = {
  model: { kind: 'resnet10-3d', width: 8 },
  modality: 'T1wCE',
  input: { slices: 24, rows: 64, columns: 64, sliceSpacingMm: 5 },
  validationShare: 0.2,
  splitSeed: 0,
  batchSize: 8,
  training: {
    epochs: 15,
    optimizer: { kind: 'adam', learningRate: 1e-3 },
    schedule: { kind: 'step', factor: 0.5, atEpochs: [10] },
    loss: { kind: 'binary-cross-entropy-with-logits' },
  },
  seed: 1,
};
