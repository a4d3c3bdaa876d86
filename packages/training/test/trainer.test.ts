import * as tf from '@tensorflow/tfjs';
import { type Batch, type TrainingConfig } from '../src/index.js';
import { partSizes } from '../src/microBatches.js';
import { Trainer } from '../src/trainer.js';
import { onCpu } from './onCpu.js';
import { smallConfig, smallModel } from './smallRun.js';

beforeAll(onCpu);

const FIRST = { epoch: 1, batch: 1 };
const glorot = (seed: number) => tf.initializers.glorotUniform({ seed });
const rows = (cases: number, seed: number, shape: number[] = [6, 6, 1]) => tf.randomNormal([cases, ...shape], 0, 1, 'float32', seed);
const labelsOf = (cases: number, classes = 2) => tf.tensor1d(Array.from({ length: cases }, (_, i) => i % classes));
const ids = (cases: number) => Array.from({ length: cases }, (_, i) => `${i}`);
const batchOf = (cases: number, seed = 1): Batch => ({ inputs: rows(cases, seed), labels: labelsOf(cases), ids: ids(cases) });
const weightsOf = (model: tf.LayersModel) => model.getWeights().flatMap((weight) => [...weight.dataSync()]);

/** A network without batch norm whose weights are penalized. */
function plainModel(units = 1): tf.LayersModel {
  const kernelRegularizer = tf.regularizers.l2({ l2: 0.01 });
  return tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [6, 6, 1], filters: 4, kernelSize: 3, kernelInitializer: glorot(1), kernelRegularizer }),
      tf.layers.reLU(),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({ units, kernelInitializer: glorot(2) }),
    ],
  });
}

/** The weights and the losses of a few steps, the last of a smaller batch. */
async function train(model: tf.LayersModel, config: TrainingConfig, sizes = [10, 10, 7], labels?: (cases: number) => tf.Tensor) {
  const trainer = new Trainer(model, config);
  const losses: number[] = [];
  for (const [i, cases] of sizes.entries()) {
    const batch = { ...batchOf(cases, i + 1), ...(labels && { labels: labels(cases) }) };
    losses.push(await trainer.step(batch, trainer.learningRate, { epoch: 1, batch: i + 1 }));
  }
  trainer.dispose();
  return { losses, weights: weightsOf(model) };
}

const sgd: TrainingConfig = { ...smallConfig, optimizer: { kind: 'sgd', learningRate: 0.1, momentum: 0.9 } };

describe('a step in micro-batches', () => {
  // 4 divides neither batch: parts of 4, 3, 3 and of 4, 3
  it('is the step of the whole batch, where there is no batch norm', async () => {
    const [whole, parts] = [await train(plainModel(), sgd), await train(plainModel(), { ...sgd, microBatch: 4 })];
    expectClose(parts.losses, whole.losses);
    expectClose(parts.weights, whole.weights);
  });

  it('is so with weighted classes, of which the parts hold unlike numbers', async () => {
    const config: TrainingConfig = {
      ...sgd,
      loss: { kind: 'categorical-cross-entropy-with-logits', classWeights: [1, 5, 0.2], labelSmoothing: 0.1 },
    };
    const sorted = (cases: number) => tf.tensor1d([...labelsOf(cases, 3).dataSync()].sort());
    const run = (microBatch?: number) => train(plainModel(3), { ...config, ...(microBatch && { microBatch }) }, [9, 9], sorted);
    const [whole, parts] = [await run(), await run(2)];
    expectClose(parts.losses, whole.losses);
    expectClose(parts.weights, whole.weights);
  });

  it('is so with clipped gradients', async () => {
    const clipped: TrainingConfig = { ...sgd, clip: { kind: 'norm', limit: 0.05 } };
    const [whole, parts] = [await train(plainModel(), clipped), await train(plainModel(), { ...clipped, microBatch: 3 })];
    expectClose(parts.weights, whole.weights);
    const free = await train(plainModel(), sgd);
    expect(largestDifference(whole.weights, free.weights)).toBeGreaterThan(1e-3);
  });

  it('takes the statistics of a batch norm from each part', async () => {
    const [whole, parts] = [await train(smallModel(), sgd), await train(smallModel(), { ...sgd, microBatch: 5 })];
    expect(largestDifference(whole.weights, parts.weights)).toBeGreaterThan(1e-3);
  });

  it('frees everything, also where it fails', async () => {
    const trainer = new Trainer(smallModel(), { ...smallConfig, microBatch: 3, average: { decay: 0.9 }, clip: { kind: 'norm', limit: 1 } });
    const batch = batchOf(8);
    await trainer.step(batch, 0.01, FIRST);
    const before = tf.memory().numTensors;
    await trainer.step(batch, 0.01, FIRST);
    await expect(trainer.step({ ...batch, labels: tf.fill([8], NaN) }, 0.01, FIRST)).rejects.toThrow('training/loss-not-finite');
    await expect(trainer.step({ ...batch, labels: tf.zeros([8, 2]) }, 0.01, FIRST)).rejects.toThrow();
    expect(tf.memory().numTensors - before).toBe(2); // the labels made here
  });

  it.each([
    [20, 8, [7, 7, 6]],
    [8, 8, [8]],
    [3, 8, [3]],
    [9, 1, [1, 1, 1, 1, 1, 1, 1, 1, 1]],
    [5, undefined, [5]],
  ])('splits %d inputs by at most %p evenly', (inputs, limit, sizes) => {
    expect(partSizes(inputs, limit)).toEqual(sizes);
  });

  it('refuses a size that is none', () => {
    expect(() => partSizes(4, 0)).toThrow(/training\/bad-micro-batch: .*\n {2}expected an integer of at least 1, found 0/);
    expect(() => partSizes(4, 1.5)).toThrow('training/bad-micro-batch');
  });
});

describe('a model with two inputs', () => {
  const twoBranches = () => {
    const [a, b] = [tf.input({ shape: [6, 6, 1] }), tf.input({ shape: [6, 6, 1] })];
    const branch = (x: tf.SymbolicTensor, seed: number) =>
      tf.layers.dense({ units: 2, kernelInitializer: glorot(seed) }).apply(tf.layers.flatten().apply(x)) as tf.SymbolicTensor;
    const joined = tf.layers.concatenate().apply([branch(a, 1), branch(b, 2)]) as tf.SymbolicTensor;
    const logit = tf.layers.dense({ units: 1, kernelInitializer: glorot(3) }).apply(joined) as tf.SymbolicTensor;
    return tf.model({ inputs: [a, b], outputs: logit });
  };

  it('learns from both, whole or in parts', async () => {
    const run = async (microBatch?: number) => {
      const model = twoBranches();
      const before = weightsOf(model);
      const trainer = new Trainer(model, { ...sgd, ...(microBatch && { microBatch }) });
      await trainer.step({ inputs: [rows(5, 1), rows(5, 2)], labels: labelsOf(5), ids: ids(5) }, 0.1, FIRST);
      trainer.dispose();
      return weightsOf(model).map((weight, i) => weight - before[i]!);
    };
    const [whole, parts] = [await run(), await run(2)];
    expectClose(parts, whole);
    expect(whole.slice(0, 72).every((move) => move !== 0)).toBe(true); // the kernel of the first branch
    expect(whole.slice(74, 146).every((move) => move !== 0)).toBe(true);
  });

  it('sees the same augmentation in both', async () => {
    const model = twoBranches();
    const seen: tf.Tensor[][] = [];
    const apply = model.layers.filter(({ name }) => name.startsWith('flatten'));
    for (const layer of apply) {
      const call = layer.call.bind(layer);
      layer.call = (x, kwargs) => {
        seen.push([tf.keep(tf.clone(Array.isArray(x) ? x[0]! : x))]);
        return call(x, kwargs);
      };
    }
    const trainer = new Trainer(model, { ...sgd, augmentation: FLIPS });
    const images = rows(8, 5);
    await trainer.step({ inputs: [images, images.clone()], labels: labelsOf(8), ids: ids(8) }, 0.1, FIRST);
    trainer.dispose();
    const [first, second] = seen.map(([x]) => [...x!.dataSync()]);
    expect(first).toEqual(second);
    expect(first).not.toEqual([...images.dataSync()]);
  });
});

const FLIPS = { steps: [{ step: 'flip', axis: 'width', probability: 0.5 }], seed: 3 } as const;

describe('augmentation', () => {
  const lossesOf = async (moments: (typeof FIRST)[], seed = 3) => {
    const trainer = new Trainer(plainModel(), { ...sgd, augmentation: { ...FLIPS, seed } });
    const losses: number[] = [];
    for (const moment of moments) losses.push(await trainer.step(batchOf(8), 0, moment));
    trainer.dispose();
    return losses;
  };

  it('draws by seed, epoch and batch alone, so that a resumed run draws the same', async () => {
    const later = { epoch: 3, batch: 2 };
    const straight = await lossesOf([FIRST, { epoch: 1, batch: 2 }, { epoch: 2, batch: 2 }, later]);
    expect(await lossesOf([later])).toEqual(straight.slice(3));
    expect(new Set(straight).size).toBe(4);
    expect(await lossesOf([later], 4)).not.toEqual(straight.slice(3));
  });

  it('leaves the batch as it was, and frees what it made', async () => {
    const trainer = new Trainer(plainModel(), { ...sgd, augmentation: FLIPS });
    const batch = batchOf(6);
    const before = [...(batch.inputs as tf.Tensor).dataSync()];
    await trainer.step(batch, 0.1, FIRST);
    const tensors = tf.memory().numTensors;
    await trainer.step(batch, 0.1, FIRST);
    expect(tf.memory().numTensors).toBe(tensors);
    expect([...(batch.inputs as tf.Tensor).dataSync()]).toEqual(before);
  });
});

describe('what a checkpoint holds', () => {
  const config: TrainingConfig = {
    ...smallConfig,
    optimizer: { kind: 'lars', learningRate: 0.1, weightDecay: 1e-4 },
    average: { decay: 0.8, startSteps: 1 },
    augmentation: FLIPS,
    microBatch: 3,
  };
  const step = (trainer: Trainer, n: number) => trainer.step(batchOf(8, n), 0.1, { epoch: 1, batch: n });

  it('is weights, slots and the mean by name, and goes on from there bit for bit', async () => {
    const [straight, stopped, resumed] = [1, 2, 3].map(() => new Trainer(smallModel(), config));
    for (const trainer of [straight!, stopped!]) for (const n of [1, 2, 3]) await step(trainer, n);
    const saved = await stopped!.read();
    const trainable = 6; // two kernels, two biases, a batch norm's scale and offset
    expect([...saved.keys()].map((name) => name.split('/').slice(0, -2).join('/'))).toEqual([
      ...Array<string>(trainable + 2).fill(''),
      ...Array<string>(trainable).fill('optimizer/v'),
      ...Array<string>(trainable).fill('average'),
    ]);
    resumed!.restore(saved, stopped!.steps);
    for (const trainer of [straight!, resumed!]) for (const n of [4, 5]) await step(trainer, n);
    expect([...(await resumed!.read()).values()]).toEqual([...(await straight!.read()).values()]);
    expect(resumed!.steps).toBe(5);
  });

  it('has no mean before it begins', async () => {
    const trainer = new Trainer(smallModel(), config);
    await step(trainer, 1);
    const saved = await trainer.read();
    expect([...saved.keys()].some((name) => name.startsWith('average/'))).toBe(false);
    const resumed = new Trainer(smallModel(), config);
    resumed.restore(saved, 1);
    expect(resumed.average!.hasBegun).toBe(false);
  });
});

describe('a step', () => {
  it('runs no operation for what is not asked for', async () => {
    const kernels = async (config: TrainingConfig) => {
      const trainer = new Trainer(plainModel(), config);
      const profile = await tf.profile(async () => {
        await trainer.step(batchOf(4), 0.1, FIRST);
        return [];
      });
      trainer.dispose();
      return profile.kernels.map(({ name }) => name);
    };
    const bare = await kernels(sgd);
    const forwardAndBack = bare.filter((name) => name === 'Slice' || name === 'AddN' || name === 'Clip' || name === 'Minimum');
    expect(forwardAndBack).toEqual([]);
    expect(await kernels({ ...sgd, microBatch: 4 })).toEqual(bare); // the whole batch fits
    expect((await kernels({ ...sgd, microBatch: 2 })).length).toBeGreaterThan(bare.length);
  });
});

/** 1e-6 of the largest value: sums of float32 in another order. */
function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(largestDifference(actual, expected)).toBeLessThan(1e-6 * Math.max(...expected.map(Math.abs)));
}

function largestDifference(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}
