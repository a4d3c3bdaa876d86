import { rng } from '@mgmt/core';
import { loadPytorchTensors, selectBackend, toPytorchTensors } from '@mgmt/nn';
import { resnet, resnet18Config } from '@mgmt/models-cnn';
import { arrayBatches, type BatchSource, type TrainingEvent } from '@mgmt/training';
import * as tf from '@tensorflow/tfjs';
import { encoderOf, transfer, transferConfig, type TransferConfig, transferModel } from '../src/index.js';
import { inFolder, sha256, smallEncoder } from './smallEncoders.js';

beforeAll(async () => void (await selectBackend()));

const values = (weights: readonly tf.LayerVariable[]) => weights.flatMap((weight) => [...weight.read().dataSync()]);

/** Images of 3 channels whose brightness tells the class: 16 in batches of 4. */
function brightness(): BatchSource {
  const labels = Array.from({ length: 16 }, (_, i) => i % 2);
  const load = async (index: number) => {
    const random = rng('brightness').child(index);
    return Float32Array.from({ length: 8 * 8 * 3 }, () => random.normal() + 2 * labels[index]!);
  };
  return arrayBatches({ ids: labels.map(String), labels, shape: [8, 8, 3], batchSize: 4, shuffle: rng(0), load });
}

const { augmentation: _, ...plain } = transferConfig.training;
const config = {
  channels: 3,
  classes: 1,
  seed: 0,
  encoder: 'whole',
  training: { ...plain, epochs: 4, optimizer: { kind: 'adamw', learningRate: 0.01 } },
} as const satisfies TransferConfig;

describe('transferModel', () => {
  it('gives 20 equal channels the features that one gave', async () => {
    const encoder = smallEncoder({ norm: true });
    const classifier = await transferModel(encoder);
    expect(classifier.inputs[0]!.shape).toEqual([null, 8, 8, 20]);
    const one = tf.randomNormal([2, 8, 8, 1], 0, 1, 'float32', 4);
    const before = encoder.apply(one) as tf.Tensor;
    const after = encoderOf(classifier).apply(tf.tile(one, [1, 1, 1, 20])) as tf.Tensor;
    expect(tf.max(tf.abs(tf.sub(before, after))).dataSync()[0]).toBeLessThan(1e-5);
    expect((classifier.apply(tf.zeros([2, 8, 8, 20])) as tf.Tensor).shape).toEqual([2, 1]);
  });

  it('is what @mgmt/nn makes of the same weights, for ResNet-18: 11,230,337 parameters', async () => {
    const size = { spatial: [32, 32], width: 4 };
    const encoder = encoderOf(resnet({ ...resnet18Config, ...size, seed: 5 }));
    const built = resnet({ ...resnet18Config, ...size, channels: 20 });
    loadPytorchTensors(built, toPytorchTensors(encoder), { adaptStem: true, keep: ['fc'] });
    const classifier = await transferModel(encoder);
    expect(values(classifier.weights)).toEqual(values(built.weights));
  });

  it('shares nothing with the encoder, and keeps running statistics', async () => {
    const encoder = smallEncoder({ norm: true });
    const [mean] = encoder.nonTrainableWeights;
    mean!.write(tf.fill(mean!.shape as number[], 0.7));
    const classifier = await transferModel(encoder, { channels: 1, classes: 2, seed: 0 });
    expect([...classifier.nonTrainableWeights[0]!.read().dataSync()]).toEqual([...mean!.read().dataSync()]);
    classifier.dispose();
    expect(values(encoder.weights).every(Number.isFinite)).toBe(true);
  });

  it('refuses an encoder whose features depend on the number of channels', async () => {
    const x = tf.input({ shape: [4, 4, 1] });
    const flat = tf.layers.dense({ units: 3 }).apply(tf.layers.flatten().apply(x)) as tf.SymbolicTensor;
    await expect(transferModel(tf.model({ inputs: x, outputs: flat }))).rejects.toThrow(/ssl-simclr\/no-stem/);
  });
});

describe('transfer', () => {
  it('trains the whole network, and leaves the encoder as it was', async () => {
    const encoder = smallEncoder({ norm: true });
    const before = sha256(encoder);
    const { model, history } = await transfer(encoder, brightness(), config);
    expect(history).toHaveLength(4);
    expect(history.at(-1)!.trainLoss).toBeLessThan(0.9 * history[0]!.trainLoss);
    expect(sha256(encoder)).toBe(before);
    const start = await transferModel(encoder, config);
    expect(values(encoderOf(model).trainableWeights)).not.toEqual(values(encoderOf(start).trainableWeights));
  });

  it('trains the new layer alone where the encoder is frozen, running statistics included', async () => {
    const encoder = smallEncoder({ norm: true, dropout: true });
    const start = await transferModel(encoder, config);
    const { model, history } = await transfer(encoder, brightness(), { ...config, encoder: 'frozen' });
    expect(values(encoderOf(model).weights)).toEqual(values(encoderOf(start).weights));
    expect(values(model.layers.at(-1)!.weights)).not.toEqual(values(start.layers.at(-1)!.weights));
    expect(history.at(-1)!.trainLoss).toBeLessThan(history[0]!.trainLoss);
  });

  it('thaws: one history, the encoder untouched until then', async () => {
    const encoder = smallEncoder({ norm: true });
    const thaw = { ...config, encoder: { frozenEpochs: 3 } };
    const frozen = await transfer(encoder, brightness(), { ...config, encoder: 'frozen', training: { ...config.training, epochs: 3 } });
    const { model, history } = await transfer(encoder, brightness(), thaw);
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
    expect(history.slice(0, 3).map(({ trainLoss }) => trainLoss)).toEqual(frozen.history.map(({ trainLoss }) => trainLoss));
    expect(values(encoderOf(model).trainableWeights)).not.toEqual(values(encoderOf(frozen.model).trainableWeights));
  });

  it.each([2, 14])('goes on from its folder after step %i with the same bits, thawed or not yet', (step) =>
    inFolder(async (folder) => {
      const encoder = smallEncoder({ norm: true });
      const thaw = { ...config, encoder: { frozenEpochs: 2 } };
      const whole = await transfer(encoder, brightness(), thaw);
      const controller = new AbortController();
      let steps = 0;
      const onEvent = (event: TrainingEvent) => event.kind === 'step' && ++steps === step && controller.abort();
      const half = await transfer(encoder, brightness(), thaw, {
        folder,
        signal: controller.signal,
        onEvent: (event) => void onEvent(event),
      });
      expect(half.stopped).toBe(true);
      const again = await transfer(encoder, brightness(), thaw, { folder });
      expect(sha256(again.model)).toBe(sha256(whole.model));
      expect(again.history.map(({ trainLoss }) => trainLoss)).toEqual(whole.history.map(({ trainLoss }) => trainLoss));
    }),
  );

  it('has the paper’s numbers by default, and trains on 20 augmented slices', async () => {
    expect(transferConfig).toMatchObject({
      channels: 20,
      encoder: 'whole',
      training: { epochs: 30, optimizer: { kind: 'adamw', learningRate: 1e-3 } },
    });
    const data = arrayBatches({
      ids: ['a', 'b'],
      labels: [0, 1],
      shape: [8, 8, 20],
      batchSize: 2,
      load: async (i) => new Float32Array(1280).fill(i),
    });
    const { history } = await transfer(smallEncoder(), data, { ...transferConfig, training: { ...transferConfig.training, epochs: 1 } });
    expect(history).toHaveLength(1);
  });
});
