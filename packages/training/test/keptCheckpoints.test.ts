import { readdir } from 'node:fs/promises';
import fc from 'fast-check';
import type { EpochRecord } from '../src/index.js';
import { openCheckpointStore } from '../src/checkpointStore.js';
import { bestEpoch, type KeptCheckpoints, keptCheckpoints } from '../src/keptCheckpoints.js';
import { inFolder } from './smallRun.js';

const history = (aucs: readonly (number | null)[]): EpochRecord[] =>
  aucs.map((auc, i) => ({ epoch: i + 1, learningRate: 1, trainLoss: 1, seconds: 1, auc }));
const ends = (epochs: number) => Array.from({ length: epochs }, (_, i) => ({ epoch: epochs - i, batch: 0 }));
const kept = (aucs: readonly (number | null)[], keep: KeptCheckpoints) =>
  keptCheckpoints(ends(aucs.length), history(aucs), keep).map(({ epoch }) => epoch);

describe('keptCheckpoints', () => {
  const aucs = [0.5, 0.9, null, 0.9, 0.4, 0.6, 0.7];

  it.each<[string, KeptCheckpoints, number[]]>([
    ['the last two', {}, [7, 6]],
    ['two, though one was asked for: the newest may be damaged', { last: 1 }, [7, 6]],
    ['as many as asked for', { last: 4 }, [7, 6, 5, 4]],
    ['the first of the best', { best: { metric: 'auc', direction: 'highest' } }, [7, 6, 2]],
    ['the lowest', { best: { metric: 'auc', direction: 'lowest' } }, [7, 6, 5]],
    ['every third epoch', { everyEpochs: 3 }, [7, 6, 3]],
  ])('keeps %s', (_name, keep, expected) => expect(kept(aucs, keep)).toEqual(expected));

  it('keeps the best that is there where a better one is gone', () => {
    const there = ends(7).filter(({ epoch }) => epoch !== 2);
    const best = keptCheckpoints(there, history(aucs), { best: { metric: 'auc', direction: 'highest' } });
    expect(best.map(({ epoch }) => epoch)).toEqual([7, 6, 4]);
  });

  it('counts one from within an epoch among the last, and as no epoch’s end', () => {
    const there = [{ epoch: 3, batch: 8 }, { epoch: 3, batch: 4 }, ...ends(3)];
    expect(keptCheckpoints(there, history([1, 2, 3]), { everyEpochs: 3 })).toEqual([there[0], there[1], { epoch: 3, batch: 0 }]);
  });

  it('never lets the best go, epoch after epoch', () =>
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 12 }), (values) => {
        const best = { metric: 'auc', direction: 'highest' } as const;
        let there: { epoch: number; batch: number }[] = [];
        values.forEach((_, i) => {
          const records = history(values.slice(0, i + 1));
          there = keptCheckpoints([{ epoch: i + 1, batch: 0 }, ...there], records, { best });
          expect(there.map(({ epoch }) => epoch)).toContain(bestEpoch(records, best)!.epoch);
          expect(there.length).toBeLessThanOrEqual(3);
        });
      }),
    ));
});

describe('a checkpoint store that keeps the best', () => {
  it('has it on disk beside the last two, and tells where', () =>
    inFolder(async (folder) => {
      const store = await openCheckpointStore(folder, { best: { metric: 'auc', direction: 'highest' } });
      const aucs = [0.5, 0.9, 0.6, 0.7, 0.8];
      for (const epoch of [1, 2, 3, 4, 5]) {
        await store.save({
          position: { epoch, batch: 0 },
          steps: epoch,
          fingerprint: {},
          history: history(aucs.slice(0, epoch)),
          running: { lossSum: 0, weight: 0, seconds: 0 },
          layerDraws: [],
          tensors: new Map(),
        });
      }
      expect((await readdir(folder)).sort()).toEqual(['epoch-0002.safetensors', 'epoch-0004.safetensors', 'epoch-0005.safetensors']);
      expect(await store.afterEpoch(2)).toMatch(/epoch-0002\.safetensors$/);
      expect(await store.afterEpoch(3)).toBeUndefined();
    }));
});
