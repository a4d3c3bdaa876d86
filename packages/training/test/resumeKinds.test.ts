import { randomFlip } from '@mgmt/nn';
import { env } from '@tensorflow/tfjs';
import { onCpu } from './onCpu.js';
import { droppingModel, inFolder, sha256 } from './smallRun.js';
import { type Other, run, stoppedAfter, timeless } from './stoppedRun.js';

beforeAll(async () => {
  await onCpu();
  env().set('IS_TEST', false); // it takes what a custom gradient saves for a leak
});

describe('a run that is stopped', () => {
  const kinds: [string, Other][] = [
    ['dropout and drop-connect', { model: droppingModel }],
    ['a mean of weights that has begun', { config: { average: { decay: 0.9 } } }],
    ['a mean of weights that is still to begin', { config: { average: { decay: 0.9, startSteps: 9 } } }],
    ['batches that go through in parts', { config: { microBatch: 3 } }],
    ['augmentation', { config: { augmentation: { seed: 5, steps: [randomFlip({ axis: 'width', probability: 0.5 })] } } }],
    ['AdamW', { config: { optimizer: { kind: 'adamw', learningRate: 0.01, weightDecay: 0.01 } } }],
    ['SGD with momentum', { config: { optimizer: { kind: 'sgd', learningRate: 0.01, momentum: 0.9 } } }],
    ['LARS', { config: { optimizer: { kind: 'lars', learningRate: 0.01, momentum: 0.9 } } }],
    ['a cosine after a warm-up', { config: { schedule: { kind: 'warm-up', epochs: 1, then: { kind: 'cosine', epochs: 4 } } } }],
  ];
  it.each(kinds)('with %s goes on within an epoch and ends with the bits of one that was not', (_name, other) =>
    inFolder(async (folder) => {
      const whole = await run({}, other);
      await stoppedAfter(7, folder, {}, other);
      const { model, result } = await run({ folder }, other);
      expect(sha256(model)).toBe(sha256(whole.model));
      expect(timeless(result.history)).toEqual(timeless(whole.result.history));
    }),
  );
});
