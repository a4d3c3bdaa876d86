import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { volume } from '@mgmt/core';
import { writeSeries } from '@mgmt/dicom-io';
import { casePipeline, resnet10Input, runPipeline } from '@mgmt/preprocess';
import { type Case, loadPrepared, openArrayCache, prepareArrays, type PrepareProgress } from '../../src/index.js';
import { emptyFolder, smallHead, writeHead } from '../folders.js';

const steps = resnet10Input({ slices: 4, rows: 6, columns: 5 });
const pipeline = casePipeline({ inputs: [['T1wCE']], steps, layout: { as: 'volume' } });

/** Cases 1 to n with a T1wCE series each, and an empty cache. */
async function setUp(n: number) {
  const root = await emptyFolder();
  const cases: Case[] = [];
  for (let seed = 1; seed <= n; seed++) {
    const id = String(seed).padStart(5, '0');
    const series = join(root, id, 'T1wCE');
    await writeHead(series, seed);
    cases.push({ id, label: (seed % 2) as 0 | 1, series: { T1wCE: series } });
  }
  return { root, cases, cache: openArrayCache(join(root, 'cache')) };
}

describe('prepareArrays', () => {
  it('readies every case, in their order, and tells how far it is', async () => {
    const { cases, cache } = await setUp(5);
    const steps_: PrepareProgress[] = [];
    const { ready, setAside } = await prepareArrays(cache, cases, pipeline, { onProgress: (progress) => steps_.push(progress) });
    expect(setAside).toEqual([]);
    expect(ready.map((prepared) => prepared.case)).toEqual(cases);
    for (const [i, prepared] of ready.entries()) expect(await loadPrepared(prepared)).toEqual(runPipeline(steps, smallHead(i + 1)).data);
    expect(steps_.map(({ done, total }) => [done, total])).toEqual([1, 2, 3, 4, 5].map((done) => [done, 5]));
    expect(steps_.map(({ id }) => id).sort()).toEqual(cases.map(({ id }) => id));
  });

  it('sets bad cases aside with their reasons and readies the others', async () => {
    const { root, cases, cache } = await setUp(7);
    const series = (i: number) => join(root, `0000${i}`, 'T1wCE');
    await rm(join(series(2), 'Image-4.dcm')); // a hole in the series
    await writeFile(join(series(3), 'Image-4.dcm'), 'DICM no more'.padStart(140)); // unreadable
    await rm(series(4), { recursive: true }); // gone
    await writeSeries(series(5), volume(new Int16Array(9 * 8 * 7), [9, 8, 7]), { patientId: '5', seriesDescription: 'T1wCE' }); // dark
    await rm(series(6), { recursive: true });
    await mkdir(series(6)); // empty
    const all = [...cases, { id: '00008', label: null, series: {} }];
    const { ready, setAside } = await prepareArrays(cache, all, pipeline);
    expect(ready.map((prepared) => prepared.case.id)).toEqual(['00001', '00007']);
    expect(setAside.map(({ id }) => id)).toEqual(['00002', '00003', '00004', '00005', '00006', '00008']);
    const codes = setAside.map(({ reason }) => reason.split(':')[0]);
    expect(codes[0]).toBe('dicom-io/irregular-slices');
    expect(codes[1]).toMatch(/^dicom-io\//);
    expect(codes.slice(2)).toEqual(['cohort/cannot-read-series', 'cohort/dark-series', 'dicom-io/empty-folder', 'cohort/no-such-series']);
  });

  it('does by threads what it does alone', async () => {
    const { root, cases, cache } = await setUp(5);
    await rm(join(root, '00003/T1wCE/Image-4.dcm'));
    const alone = await prepareArrays(cache, cases, pipeline);
    const together = await prepareArrays(openArrayCache(join(root, 'another cache')), cases, pipeline, { threads: 2 });
    const facts = ({ ready, setAside, hits }: typeof alone) => [
      ready.map((each) => [each.case, each.arrays[0]!.contentHash]),
      setAside,
      hits,
    ];
    expect(facts(together)).toEqual(facts(alone));
    expect((await prepareArrays(cache, cases, pipeline, { threads: 2 })).hits).toBe(4);
  }, 30_000);

  it('reads case after case into the same memory, and each is as if it were alone', async () => {
    const { root, cases, cache } = await setUp(6);
    const large = volume(
      Int16Array.from({ length: 12 * 11 * 10 }, (_, i) => ((i * 37) % 101) + 1),
      [12, 11, 10],
    );
    await rm(cases[2]!.series.T1wCE!, { recursive: true });
    await writeSeries(cases[2]!.series.T1wCE!, large, { patientId: '3', seriesDescription: 'T1wCE' });
    await writeFile(join(root, '00004/T1wCE/Image-4.dcm'), 'DICM no more'.padStart(140));
    const raw = casePipeline({ inputs: [['T1wCE']], steps: [{ step: 'toAxial' }], layout: { as: 'volume' } });
    const fresh = openArrayCache(join(root, 'another cache'));
    const { ready, setAside } = await prepareArrays(cache, cases, raw);
    expect(setAside.map(({ id }) => id)).toEqual(['00004']);
    for (const prepared of ready) {
      const { arrays } = await fresh.get(prepared.case, raw);
      expect(prepared.arrays.map(({ shape, contentHash }) => [shape, contentHash])).toEqual(
        arrays.map(({ shape, contentHash }) => [shape, contentHash]),
      );
    }
  });

  it('goes on where it was interrupted', async () => {
    const { cases, cache } = await setUp(6);
    const stop = new AbortController();
    const onProgress = ({ done }: PrepareProgress) => done === 2 && stop.abort(new Error('enough'));
    await expect(prepareArrays(cache, cases, pipeline, { onProgress, signal: stop.signal })).rejects.toThrow('enough');
    expect((await prepareArrays(cache, cases, pipeline)).ready).toHaveLength(6);
  });

  it('stops at once where the cache cannot be written', async () => {
    const { root, cases } = await setUp(3);
    await writeFile(join(root, 'a file'), '');
    const blocked = openArrayCache(join(root, 'a file/cache'));
    await expect(prepareArrays(blocked, cases, pipeline)).rejects.toMatchObject({ code: 'core/cannot-write' });
  });
});
