import { appendFile, readdir, readFile, rename, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { fit } from '../src/index.js';
import { frameRecord, readRecords } from '../src/tfRecord.js';
import { encodeSummary, summaryStep } from '../src/tensorBoardEvent.js';
import { onCpu } from './onCpu.js';
import { options, run, stoppedAfter, timeless } from './stoppedRun.js';
import { inFolder, sha256, smallConfig, smallData, smallModel } from './smallRun.js';

beforeAll(onCpu);

describe('a run that is stopped by its signal', () => {
  it.each([1, 4, 5, 7, 10, 19, 20])('and goes on after step %i has the bits of one that was not', (step) =>
    inFolder(async (folder) => {
      const whole = await run({});
      const { result: half, events } = await stoppedAfter(step, folder);
      expect(half).toMatchObject({ stopped: true, steps: step, position: { epoch: Math.floor((step - 1) / 5) } }); // validation is still to come
      expect(events.at(-1)!.kind).toBe('stopped');
      const { model, result, events: later } = await run({ folder });
      expect(later[0]).toMatchObject({ kind: 'resumed', position: half.position });
      expect(sha256(model)).toBe(sha256(whole.model));
      expect(timeless(result.history)).toEqual(timeless(whole.result.history));
      expect(result).toMatchObject({ stopped: false, steps: 20 });
    }),
  );

  it('reads nothing again that it has learned from', () =>
    inFolder(async (folder) => {
      await stoppedAfter(7, folder);
      let loaded = 0;
      await run({ folder }, { data: smallData({ onLoad: () => loaded++ }) });
      expect(loaded).toBe(12 + 20 + 20); // three batches of the second epoch, and two epochs
    }));

  it('goes on where the source can only begin at the first batch', () =>
    inFolder(async (folder) => {
      const whole = await run({});
      const { batches, batchesPerEpoch } = smallData();
      await stoppedAfter(7, folder);
      const before = tf.memory().numTensors;
      const { model } = await run({ folder }, { data: { batches, batchesPerEpoch } });
      expect(sha256(model)).toBe(sha256(whole.model));
      model.dispose();
      expect(tf.memory().numTensors).toBe(before);
    }));

  it('is told so where the signal came before its start', () =>
    inFolder(async (folder) => {
      const { result, events } = await run({ folder, signal: AbortSignal.abort() });
      expect(result).toMatchObject({ stopped: true, steps: 0, position: { epoch: 0, batch: 0 } });
      expect(events.map(({ kind }) => kind)).toEqual(['checkpoint', 'stopped']);
    }));

  it('is saved once where the signal came at the end of an epoch', () =>
    inFolder(async (folder) => {
      const controller = new AbortController();
      const { events } = await run({ folder, signal: controller.signal, onEvent: ({ kind }) => kind === 'epoch' && controller.abort() });
      expect(events.map(({ kind }) => kind).slice(-3)).toEqual(['epoch', 'checkpoint', 'stopped']);
    }));

  it('does nothing when it is asked again after its end', () =>
    inFolder(async (folder) => {
      const first = await run({ folder });
      const before = await written(folder);
      const second = await run({ folder });
      expect(second.events.map(({ kind }) => kind)).toEqual(['resumed']);
      expect(second.result).toEqual(first.result);
      expect(sha256(second.model)).toBe(sha256(first.model));
      expect(await written(folder)).toEqual(before);
    }));

  it('counts the seconds of an epoch without the time it stood still', () =>
    inFolder(async (folder) => {
      let time = 0;
      const now = () => (time += 1000);
      const whole = await run({ now });
      time = 0;
      await stoppedAfter(2, folder, { now });
      time = 1e9;
      const { result } = await run({ folder, now });
      expect(result.history.map(({ seconds }) => seconds)).toEqual(whole.result.history.map(({ seconds }) => seconds));
    }));
});

describe('what a killed process leaves', () => {
  const metrics = (folder: string) => join(folder, 'metrics.jsonl');
  const lines = async (folder: string) => (await readFile(metrics(folder), 'utf8')).split('\n');

  it('records later than the checkpoint and a torn line are dropped', () =>
    inFolder(async (folder) => {
      const whole = await run({});
      await stoppedAfter(11, folder);
      await appendFile(metrics(folder), '{"epoch":3,"trainLoss":9}\n{"epoch":4,"tra');
      const { result } = await run({ folder });
      expect((await lines(folder)).slice(0, -1)).toEqual(result.history.map((record) => JSON.stringify(record)));
      expect(timeless(result.history)).toEqual(timeless(whole.result.history));
    }));

  it('curves have every epoch once', () =>
    inFolder(async (folder) => {
      const curves = async () => (await readdir(folder)).filter((name) => name.startsWith('events.'));
      await stoppedAfter(11, folder);
      const [before] = await curves();
      await appendFile(
        join(folder, before!),
        frameRecord(encodeSummary({ wallTime: 0, step: 3, values: { 'loss/train': 9 } })).slice(0, -1),
      );
      await stoppedAfter(17, folder);
      const [late] = await curves();
      await appendFile(join(folder, late!), frameRecord(encodeSummary({ wallTime: 0, step: 4, values: { 'loss/train': 9 } })));
      await run({ folder });
      const [only, ...others] = await curves();
      expect(others).toEqual([]);
      expect(readRecords(await readFile(join(folder, only!))).map(summaryStep)).toEqual([undefined, undefined, 1, 2, 3, 4]);
    }));

  it('temporary files are swept away', () =>
    inFolder(async (folder) => {
      await stoppedAfter(6, folder);
      await writeFile(join(folder, 'checkpoints', '.epoch-0002.safetensors.999.0.tmp'), 'half');
      await run({ folder });
      expect((await readdir(join(folder, 'checkpoints'))).sort()).toEqual(['epoch-0003.safetensors', 'epoch-0004.safetensors']);
    }));
});

describe('a damaged checkpoint', () => {
  const newest = 'epoch-0002-batch-00001.safetensors';
  const damages: [string, (path: string) => Promise<void>][] = [
    ['cut short', (path) => truncate(path, 1000)],
    ['empty', (path) => truncate(path, 0)],
    ['with a changed bit in its weights', (path) => flip(path, -5)],
    ['with a changed bit in its state', (path) => flip(path, 0, '"steps":11', 7)],
  ];

  it.each(damages)('%s is set aside and said, and the one before is used', (_name, damage) =>
    inFolder(async (folder) => {
      const whole = await run({});
      await stoppedAfter(11, folder);
      await damage(join(folder, 'checkpoints', newest));
      const { model, result, events } = await run({ folder });
      expect(events[0]).toMatchObject({ kind: 'checkpoint-damaged', path: expect.stringContaining(newest) as string });
      expect(events[1]).toMatchObject({ kind: 'resumed', position: { epoch: 2, batch: 0 } });
      expect(sha256(model)).toBe(sha256(whole.model));
      expect(timeless(result.history)).toEqual(timeless(whole.result.history));
      expect(await readdir(join(folder, 'checkpoints'))).toContain(`${newest}.damaged`);
    }),
  );

  it('with no other before it begins the run anew', () =>
    inFolder(async (folder) => {
      const whole = await run({});
      await stoppedAfter(2, folder);
      await truncate(join(folder, 'checkpoints', 'epoch-0000-batch-00002.safetensors'), 99);
      const { model, events } = await run({ folder });
      expect(events.map(({ kind }) => kind).slice(0, 2)).toEqual(['checkpoint-damaged', 'step']);
      expect(sha256(model)).toBe(sha256(whole.model));
    }));

  it('of a later version is refused, not taken for damaged', () =>
    inFolder(async (folder) => {
      await stoppedAfter(2, folder);
      const path = join(folder, 'checkpoints', 'epoch-0000-batch-00002.safetensors');
      await writeFile(path, Buffer.from((await readFile(path, 'latin1')).replace('"version":"2"', '"version":"7"'), 'latin1'));
      await expect(run({ folder })).rejects.toThrow(/training\/unknown-checkpoint: .*\n {2}expected version 2, found version 7/);
    }));
});

describe('a run whose configuration has changed', () => {
  it('is refused with every difference', () =>
    inFolder(async (folder) => {
      await fit(smallModel(), smallData(), { ...smallConfig, epochs: 1 }, { folder, identity: { seed: 3, backend: 'cpu' } });
      const changed = { ...smallConfig, schedule: { kind: 'constant' }, optimizer: { kind: 'adam', learningRate: 0.02 } } as const;
      const again = fit(smallModel(), smallData({ cases: 8 }), changed, { folder, identity: { backend: 'cpu', seed: 4 } });
      await expect(again).rejects.toMatchObject({ code: 'training/config-changed' });
      const message = await again.then(String, (error: Error) => error.message);
      expect(message.split('\n').slice(1, -1)).toEqual([
        '  batchesPerEpoch: 5 -> 2',
        '  config.epochs: 1 -> 4',
        '  config.optimizer.learningRate: 0.01 -> 0.02',
        '  config.optimizer.weightDecay: 0.01 -> nothing',
        '  config.schedule.kind: "step" -> "constant"',
        '  config.schedule.factor: 0.5 -> nothing',
        '  config.schedule.atEpochs: [2] -> nothing',
        '  identity.seed: 3 -> 4',
      ]);
    }));

  it('is refused for another model', () =>
    inFolder(async (folder) => {
      await stoppedAfter(1, folder);
      const other = smallModel();
      other.layers[0]!.trainable = false;
      await expect(fit(other, smallData(), smallConfig, { ...options, folder })).rejects.toThrow(
        /training\/config-changed[^]*model\.trainable: 6 -> 4/,
      );
    }));

  it('is one and the same run whatever the order of the keys, and in another folder of the same name', () =>
    inFolder(async (folder) => {
      await stoppedAfter(6, join(folder, 'a'));
      await rename(join(folder, 'a'), join(folder, 'b'));
      const { loss, schedule, optimizer, epochs } = smallConfig;
      await expect(
        fit(smallModel(), smallData(), { loss, schedule, optimizer, epochs }, { folder: join(folder, 'b') }),
      ).resolves.toMatchObject({ steps: 20 });
    }));
});

/** Every file with the time it was written. */
async function written(folder: string): Promise<[string, number][]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.includes('.')).sort();
  return Promise.all(names.map(async (name) => [name, (await stat(join(folder, name))).mtimeMs] as [string, number]));
}

/** Changes one bit at a place, counted from the end where negative, or after a text. */
async function flip(path: string, at: number, after?: string, offset = 0): Promise<void> {
  const bytes = await readFile(path);
  const found = after === undefined ? at : bytes.indexOf(after.replaceAll('"', '\\"')) + offset;
  expect(found).not.toBe(offset - 1);
  bytes[found < 0 ? bytes.length + found : found]! ^= 1;
  await writeFile(path, bytes);
}
