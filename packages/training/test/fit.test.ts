import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { type Batch, type BatchSource, fit, type Metric, predict, type TrainingEvent } from '../src/index.js';
import { inputsOf } from '../src/batch.js';
import { onCpu } from './onCpu.js';
import { inFolder, sha256, smallConfig, smallData, smallModel } from './smallRun.js';

beforeAll(onCpu);

/** Share of pairs of unlike labels that are in the right order. */
const auc: Metric = (labels, scores) => {
  const at = (label: number) => Array.from(labels).flatMap((value, i) => (value === label ? [scores[i]!] : []));
  const pairs = at(0).flatMap((low) => at(1).map((high) => (high > low ? 1 : high === low ? 0.5 : 0)));
  return pairs.reduce((sum: number, value) => sum + value, 0) / pairs.length;
};

/** A source whose batches pass through a function. */
const mapped = (source: BatchSource, map: (batch: Batch, index: number) => Batch): BatchSource => ({
  batchesPerEpoch: source.batchesPerEpoch,
  async *batches(epoch) {
    let index = 0;
    for await (const batch of source.batches(epoch)) yield map(batch, index++);
  },
});

describe('fit', () => {
  it('learns: the loss falls and the metric rises to what the data hold', async () => {
    const { history } = await fit(
      smallModel(),
      smallData(),
      { ...smallConfig, epochs: 8 },
      { validation: smallData({ seed: 1 }), metrics: { auc } },
    );
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(history.at(-1)!.trainLoss).toBeLessThan(0.8 * history[0]!.trainLoss);
    expect(history.at(-1)!['auc']).toBeGreaterThan(0.95);
  });

  it('records an epoch with its learning rate, losses, metrics and seconds', async () => {
    let time = 0;
    const options = {
      validation: smallData({ seed: 1 }),
      metrics: { auc, cases: ((_l, _p, ids) => ids.length) as Metric, undefinedHere: () => NaN },
    };
    const { history } = await fit(smallModel(), smallData(), smallConfig, { ...options, now: () => (time += 1000) });
    expect(history.map(({ learningRate }) => learningRate)).toEqual([0.01, 0.01, 0.005, 0.005]);
    expect(Object.keys(history[0]!)).toEqual([
      'epoch',
      'learningRate',
      'trainLoss',
      'validationLoss',
      'auc',
      'cases',
      'undefinedHere',
      'seconds',
    ]);
    expect(history[0]).toMatchObject({ cases: 20, undefinedHere: null, seconds: 6 }); // the clock is read once a step and at both ends
  });

  it('weighs a smaller last batch by its inputs', async () => {
    const still = { ...smallConfig, epochs: 1, optimizer: { kind: 'adam', learningRate: 0 } } as const;
    const losses: number[] = [];
    const onEvent = (event: TrainingEvent) => event.kind === 'step' && losses.push(event.loss);
    const { history } = await fit(smallModel(), smallData({ cases: 6 }), still, { onEvent });
    expect(history[0]!.trainLoss).toBeCloseTo((4 * losses[0]! + 2 * losses[1]!) / 6, 12);
  });

  it('validates in evaluation mode with the loss of the predictions', async () => {
    const model = smallModel();
    const validation = smallData({ seed: 1 });
    const { history } = await fit(model, smallData(), { ...smallConfig, epochs: 1 }, { validation });
    const { logits, ids } = await predict(model, validation);
    const losses = ids.map((id, i) => Math.log1p(Math.exp(Number(id) % 2 === 1 ? -logits[i]! : logits[i]!)));
    expect(history[0]!.validationLoss).toBeCloseTo(losses.reduce((sum, loss) => sum + loss, 0) / losses.length, 6);
  });

  it('tells what happens in order', async () => {
    const events: TrainingEvent[] = [];
    const config = { ...smallConfig, epochs: 1 };
    await inFolder((folder) => fit(smallModel(), smallData({ cases: 8 }), config, { folder, onEvent: (event) => events.push(event) }));
    expect(events.map(({ kind }) => kind)).toEqual(['step', 'step', 'epoch', 'checkpoint']);
    expect(events[1]).toMatchObject({ epoch: 1, batch: 2, batchesPerEpoch: 2, step: 2, learningRate: 0.01 });
  });

  it('computes metrics from patients where it is told whose a slice is', async () => {
    const patientOf = (id: string) => `patient of class ${Number(id) % 2}`;
    const seen: { ids: readonly string[]; labels: number[]; probabilities: number[] }[] = [];
    const watch: Metric = (labels, probabilities, ids) =>
      seen.push({ ids, labels: Array.from(labels), probabilities: Array.from(probabilities) });
    const validation = smallData({ seed: 1 });
    const model = smallModel();
    await fit(model, smallData(), { ...smallConfig, epochs: 1 }, { validation, patientOf, metrics: { watch } });
    const slices = await predict(model, validation);
    const meanOf = (label: number) => {
      const own = slices.ids.flatMap((id, i) => (Number(id) % 2 === label ? [slices.probabilities[i]!] : []));
      return own.reduce((sum, value) => sum + value, 0) / own.length;
    };
    expect(seen[0]!.ids.map(String).sort()).toEqual(['patient of class 0', 'patient of class 1']);
    seen[0]!.labels.forEach((label, i) => expect(seen[0]!.probabilities[i]).toBeCloseTo(meanOf(label), 6));
  });

  it('writes metrics lines, an event file and the last two checkpoints', () =>
    inFolder(async (folder) => {
      const { history } = await fit(smallModel(), smallData(), smallConfig, {
        folder,
        validation: smallData({ seed: 1 }),
        metrics: { auc },
      });
      const lines = (await readFile(join(folder, 'metrics.jsonl'), 'utf8')).trim().split('\n');
      expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(history);
      expect((await readdir(join(folder, 'checkpoints'))).sort()).toEqual(['epoch-0003.safetensors', 'epoch-0004.safetensors']);
      expect((await readdir(folder)).filter((name) => name.startsWith('events.out.tfevents.'))).toHaveLength(1);
      expect((await readdir(folder)).filter((name) => name.startsWith('lock.'))).toEqual([]);
    }));

  it('frees every tensor that it made or was given', async () => {
    const model = smallModel();
    const validation = smallData({ seed: 1 });
    await fit(model, smallData(), { ...smallConfig, epochs: 1 }, { validation }); // what layers make once
    const before = tf.memory().numTensors;
    await fit(model, smallData(), smallConfig, { validation, metrics: { auc } });
    await inFolder((folder) => fit(model, smallData(), smallConfig, { folder }));
    expect(tf.memory().numTensors).toBe(before);
  });

  it('adds the penalties of the model’s own regularizers', async () => {
    const penalized = tf.sequential({
      layers: [tf.layers.dense({ inputShape: [1], units: 1, kernelInitializer: 'ones', kernelRegularizer: tf.regularizers.l2({ l2: 3 }) })],
    });
    const zero: BatchSource = {
      batchesPerEpoch: 1,
      async *batches() {
        yield { inputs: tf.zeros([1, 1]), labels: tf.ones([1]), ids: ['a'] };
      },
    };
    const { history } = await fit(penalized, zero, { ...smallConfig, epochs: 1 });
    expect(history[0]!.trainLoss).toBeCloseTo(Math.LN2 + 3, 5);
  });

  it.each([NaN, Infinity])(
    'stops at a loss that is not finite for an input of %p, names epoch, step and cases, and keeps the last checkpoint',
    (value) =>
      inFolder(async (folder) => {
        const before = tf.memory().numTensors;
        const model = smallModel();
        const made = tf.memory().numTensors;
        let taken = 0;
        const data = mapped(smallData(), (batch) => (++taken === 8 ? filled(batch, value) : batch)); // the third batch of epoch 2
        const ids: string[] = [];
        const watched = mapped(data, (batch) => (taken === 8 && ids.push(...batch.ids), batch));
        await expect(fit(model, watched, smallConfig, { folder })).rejects.toThrow(
          /^training\/loss-not-finite: cases .*: the loss of step 8 \(epoch 2, batch 3\) is not a number to go on with\n {2}expected a finite loss, found NaN/,
        );
        expect(ids).toHaveLength(4);
        expect(await readdir(join(folder, 'checkpoints'))).toEqual(['epoch-0001.safetensors']);
        expect(tf.memory().numTensors).toBe(made);
        expect(before).toBeLessThan(made);
        await expect(fit(smallModel(), smallData(), smallConfig, { folder })).resolves.toMatchObject({ stopped: false, steps: 20 });
      }),
  );

  it('saves nothing whose weights are not finite', () =>
    inFolder(async (folder) => {
      const wild = { ...smallConfig, epochs: 1, optimizer: { kind: 'adam', learningRate: Infinity } } as const;
      await expect(fit(smallModel(), smallData({ cases: 4 }), wild, { folder })).rejects.toThrow(
        /^training\/weights-not-finite: after step 1 the tensor /,
      );
      expect(await readdir(join(folder, 'checkpoints'))).toEqual([]);
    }));

  it('says when an epoch is longer or shorter than the data said', async () => {
    await expect(fit(smallModel(), { ...smallData(), batchesPerEpoch: 6 }, smallConfig)).rejects.toThrow(
      /training\/batch-count: epoch 1 .*\n {2}expected 6 batches, found 5/,
    );
  });

  it('gives equal bits for equal seeds', async () => {
    const models = [smallModel(), smallModel()];
    for (const model of models) await fit(model, smallData(), smallConfig);
    expect(sha256(models[0]!)).toBe(sha256(models[1]!));
  });
});

function filled(batch: Batch, value: number): Batch {
  const [inputs] = inputsOf(batch);
  inputs!.dispose();
  return { ...batch, inputs: tf.fill(inputs!.shape, value) };
}
