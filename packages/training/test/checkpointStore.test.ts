import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checkpoint } from '../src/checkpoint.js';
import { openCheckpointStore } from '../src/checkpointStore.js';
import { inFolder } from './smallRun.js';

const at = (epoch: number, batch: number): Checkpoint => ({
  position: { epoch, batch },
  steps: 3,
  fingerprint: { config: { epochs: 2 } },
  history: [{ epoch: 1, learningRate: 1e-4, trainLoss: 0.1 + 0.2, auc: null, seconds: 0.3 }],
  running: { lossSum: 1 / 3, weight: 8, seconds: 1.5 },
  layerDraws: [3, 0],
  tensors: new Map([
    ['conv/kernel', { shape: [2, 1], data: Float32Array.of(1e-40, -0) }],
    ['counter', { shape: [], data: Int32Array.of(7) }],
  ]),
});
const nobody = () => undefined;

describe('openCheckpointStore', () => {
  it('gives back what was saved, every bit', () =>
    inFolder(async (folder) => {
      const store = await openCheckpointStore(folder);
      const path = await store.save(at(2, 5));
      expect(path).toBe(join(folder, 'epoch-0002-batch-00005.safetensors'));
      expect(await store.newest(nobody)).toEqual({ path, checkpoint: at(2, 5) });
    }));

  it('has nothing to give at first', () =>
    inFolder(async (folder) => expect(await (await openCheckpointStore(folder)).newest(nobody)).toBeUndefined()));

  it('takes the one that is farthest, by number and not by name, and keeps it with the one before', () =>
    inFolder(async (folder) => {
      const store = await openCheckpointStore(folder);
      for (const [epoch, batch] of [[9_999, 0], [9_999, 7], [9_999, 100_001], [9_999, 99_999], [10_000, 0]] as const) await store.save(at(epoch, batch)); // prettier-ignore
      expect((await store.newest(nobody))!.checkpoint.position).toEqual({ epoch: 10_000, batch: 0 });
      expect((await readdir(folder)).sort()).toEqual(['epoch-10000.safetensors', 'epoch-9999-batch-100001.safetensors']);
    }));

  it('tells of a damaged one by its path and the reason', () =>
    inFolder(async (folder) => {
      const store = await openCheckpointStore(folder);
      const path = await store.save(at(1, 0));
      await writeFile(path, 'no checkpoint');
      const told: string[][] = [];
      expect(await store.newest((...what) => told.push(what))).toBeUndefined();
      expect(told).toEqual([
        [path, expect.stringMatching(/^training\/damaged-checkpoint: .*epoch-0001.*: it is no whole safetensors file$/)],
      ]);
      expect(await readdir(folder)).toEqual(['epoch-0001.safetensors.damaged']);
    }));
});
