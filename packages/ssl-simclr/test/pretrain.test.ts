import { countParameters, selectBackend } from '@mgmt/nn';
import { resnet, resnet18Config } from '@mgmt/models-cnn';
import type { EpochRecord, TrainingEvent } from '@mgmt/training';
import * as tf from '@tensorflow/tfjs';
import { contrastiveModel } from '../src/contrastiveModel.js';
import { chanceNtXent, encoderOf, ntXent, pretrain, pretrainingConfig, type PretrainOptions, twoViews } from '../src/index.js';
import { inFolder, sha256, smallConfig, smallEncoder, waves } from './smallEncoders.js';

beforeAll(async () => void (await selectBackend()));

const timeless = (history: readonly EpochRecord[]) => history.map((record) => ({ ...record, seconds: 0 }));

async function run(options: PretrainOptions = {}, config = smallConfig, parts = { norm: true }) {
  const encoder = smallEncoder(parts);
  const result = await pretrain(encoder, waves(27), config, options);
  return { encoder, result };
}

/** Stopped by its signal after this step of the nine. */
async function stoppedAfter(step: number, folder: string) {
  const controller = new AbortController();
  const onEvent = (event: TrainingEvent) => event.kind === 'step' && event.step === step && controller.abort();
  return run({ folder, signal: controller.signal, onEvent: (event) => void onEvent(event) });
}

describe('pretrain', () => {
  it('begins with the NT-Xent of the first batch', async () => {
    const losses: number[] = [];
    await run({ onEvent: (event) => event.kind === 'step' && losses.push(event.loss) });
    const { model } = contrastiveModel(smallEncoder({ norm: true }), { temperature: 0.2, projection: { hidden: 8, units: 4, seed: 3 } });
    const z = tf.model({ inputs: model.inputs, outputs: model.getLayer('projection.2').output as tf.SymbolicTensor });
    for await (const { inputs } of twoViews(waves(27), smallConfig).batches(1)) {
      const loss = ntXent(z.apply(inputs as tf.Tensor, { training: true }) as tf.Tensor2D, { temperature: 0.2 });
      expect(losses[0]).toBeCloseTo(loss.dataSync()[0]!, 5);
      break;
    }
  });

  it('brings the loss below chance', async () => {
    const { result } = await run(
      {},
      { ...smallConfig, training: { ...smallConfig.training, epochs: 8, schedule: { kind: 'cosine', epochs: 8 } } },
    );
    expect(result.history[0]!.trainLoss).toBeLessThan(2 * chanceNtXent(8));
    expect(result.history.at(-1)!.trainLoss).toBeLessThan(0.8 * chanceNtXent(8));
  });

  it('leaves out what does not fill a batch', async () => {
    const { result } = await run();
    expect(result).toMatchObject({ steps: 9, stopped: false }); // 27 images, 3 batches of 8
  });

  it.each([2, 3, 7])('goes on after step %i with the bits of one that never stopped', (step) =>
    inFolder(async (folder) => {
      const whole = await run();
      expect((await stoppedAfter(step, folder)).result.stopped).toBe(true);
      const { encoder, result } = await run({ folder });
      expect(sha256(encoder)).toBe(sha256(whole.encoder));
      expect(timeless(result.history)).toEqual(timeless(whole.result.history));
    }),
  );

  it('refuses to go on under another temperature', () =>
    inFolder(async (folder) => {
      await stoppedAfter(2, folder);
      await expect(run({ folder }, { ...smallConfig, temperature: 0.5 })).rejects.toThrow(/identity\.contrast\.temperature: 0\.2 -> 0\.5/);
    }));

  it('learns the same by micro-batches where there is no batch norm', async () => {
    const [whole, cached] = await Promise.all([
      run({}, smallConfig, { norm: false }),
      run({}, { ...smallConfig, microBatch: 5 }, { norm: false }),
    ]);
    const [a, b] = [whole, cached].map(({ encoder }) => encoder.getWeights().flatMap((weight) => [...weight.dataSync()]));
    a!.forEach((value, i) => expect(Math.abs(value - b![i]!)).toBeLessThan(1e-5)); // nine steps, each equal to 1e-6
  });

  it('takes LARS for large batches', async () => {
    const optimizer = { kind: 'lars', learningRate: 0.3, weightDecay: 1e-4 } as const;
    const { result } = await run({}, { ...smallConfig, training: { ...smallConfig.training, optimizer } });
    expect(result.history.at(-1)!.trainLoss).toBeLessThan(result.history[0]!.trainLoss);
  });

  it('leaves no tensor behind but the encoder’s', async () => {
    const encoder = smallEncoder();
    const before = tf.memory().numTensors;
    await pretrain(encoder, waves(8), { ...smallConfig, microBatch: 4, training: { ...smallConfig.training, epochs: 1 } });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('has the paper’s numbers by default', () => {
    const { training, batchSize } = pretrainingConfig;
    expect({ batchSize, ...training }).toMatchObject({
      batchSize: 256,
      epochs: 100,
      optimizer: { kind: 'sgd', learningRate: 0.1, momentum: 0.9 },
    });
  });

  it('has 11,498,560 parameters for ResNet-18', () => {
    const encoder = encoderOf(resnet({ ...resnet18Config, spatial: [32, 32] }));
    const { model } = contrastiveModel(encoder, { temperature: 0.1, projection: { hidden: 512, units: 128, seed: 0 } });
    expect(countParameters(model)).toBe(11_498_560);
    model.dispose();
  });
});

describe('twoViews', () => {
  it('gives each image twice, changed differently, with the partner as label', async () => {
    for await (const { inputs, labels, ids } of twoViews(waves(8), smallConfig).batches(1)) {
      expect(ids.slice(0, 8)).toEqual(ids.slice(8));
      expect([...labels.dataSync()]).toEqual([8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7]);
      const [first, second] = tf.split(inputs as tf.Tensor, 2);
      expect(tf.max(tf.abs(tf.sub(first!, second!))).dataSync()[0]).toBeGreaterThan(0.01);
      tf.dispose([inputs as tf.Tensor, labels, first!, second!]);
    }
  });

  it('draws an epoch alike each time, from whatever batch on, and epochs differently', async () => {
    const source = twoViews(waves(27), smallConfig);
    const sums = async (batches: AsyncIterable<{ inputs: unknown; labels: tf.Tensor }>) => {
      const found: number[] = [];
      for await (const { inputs, labels } of batches) {
        found.push(tf.tidy(() => tf.sum(tf.square(inputs as tf.Tensor)).dataSync()[0]!));
        tf.dispose([inputs as tf.Tensor, labels]);
      }
      return found;
    };
    const all = await sums(source.batches(2));
    expect(all).toHaveLength(3);
    expect(await sums(source.batchesFrom!(2, 1))).toEqual(all.slice(1));
    expect(await sums(source.batches(3))).not.toEqual(all);
  });

  it('refuses fewer images than a batch has, and batches of one', () => {
    expect(() => twoViews(waves(7), smallConfig)).toThrow(/ssl-simclr\/too-few-images/);
    expect(() => twoViews(waves(7), { ...smallConfig, batchSize: 1 })).toThrow(/ssl-simclr\/too-few-images/);
  });
});
