import { spawnSync } from 'node:child_process';
import { readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { volume } from '@mgmt/core';
import { writeSeries } from '@mgmt/dicom-io';
import { type Step, resnet10Input, runPipeline } from '@mgmt/preprocess';
import { loadPrepared, openArrayCache } from '../src/index.js';
import { emptyFolder, smallHead, writeHead } from './folders.js';

const steps = resnet10Input({ slices: 4, rows: 6, columns: 5 });
const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;

/** The name of an entry, without its ending. */
const keyOf = ({ path }: { readonly path: string }) => basename(path, '.npy');

/** A case with a T1wCE series of its own, and an empty cache. */
async function setUp(seed = 1) {
  const root = await emptyFolder();
  const series = join(root, 'train/00042/T1wCE');
  await writeHead(series, seed);
  return { root, series, source: { id: '00042', series: { T1wCE: series } }, cache: openArrayCache(join(root, 'cache')) };
}

/** A number that changes whenever the file is written anew. */
const mark = async (path: string) => (await stat(path)).ino;

describe('an array cache', () => {
  it('gives the same voxels the same content hash, whenever their files were written', async () => {
    const { source, cache } = await setUp();
    const before = await cache.get(source, 'T1wCE', steps);
    for (const name of await readdir(source.series.T1wCE)) await utimes(join(source.series.T1wCE, name), 1, 1);
    const after = await cache.get(source, 'T1wCE', steps);
    expect(keyOf(after)).not.toBe(keyOf(before)); // times may mean another content: it is made again
    expect(after.contentHash).toBe(before.contentHash);
  });

  it('holds what the pipeline makes of the series', async () => {
    const { source, cache } = await setUp();
    const made = await cache.get(source, 'T1wCE', steps);
    expect(made.shape).toEqual([4, 6, 5]);
    expect(await loadPrepared(made)).toEqual(runPipeline(steps, smallHead(1)).data);
  });

  it('says beside it from what and how it was made', async () => {
    const { source, cache } = await setUp();
    const { path } = await cache.get(source, 'T1wCE', steps);
    const key = keyOf({ path });
    expect((await readdir(cache.folder)).sort()).toEqual([`${key}.json`, `${key}.npy`]);
    expect(JSON.parse(await readFile(path.replace('.npy', '.json'), 'utf8'))).toMatchObject({
      from: { id: '00042', modality: 'T1wCE', files: 9 },
      steps,
      shape: [4, 6, 5],
      dtype: 'float32',
    });
  });

  it('keeps voxels of integers as float32', async () => {
    const { source, cache } = await setUp();
    const data = await loadPrepared(await cache.get(source, 'T1wCE', [{ step: 'toAxial' }]));
    expect(data).toEqual(new Float32Array(runPipeline([{ step: 'toAxial' }], smallHead(1)).data));
  });

  it('reads no image again', async () => {
    const { source, series, cache } = await setUp();
    const spoiled = join(series, 'Image-5.dcm');
    await utimes(spoiled, 1, 1);
    const first = await cache.get(source, 'T1wCE', steps);
    const before = await mark(first.path);
    // spoiled without a trace in name, size, time or first KiB of the first file: only reading it would tell
    await writeFile(spoiled, new Uint8Array((await stat(spoiled)).size));
    await utimes(spoiled, 1, 1);
    expect(await openArrayCache(cache.folder).get(source, 'T1wCE', steps)).toEqual(first);
    expect(await mark(first.path)).toBe(before);
  });

  it.each<[string, (series: string) => Promise<unknown>]>([
    ['written anew', (series) => writeHead(series, 2)],
    ['given another time', (series) => utimes(join(series, 'Image-3.dcm'), 1, 1)],
    ['shorter', (series) => rm(join(series, 'Image-9.dcm'))],
  ])('notices a series that was %s', async (_name, change) => {
    const { source, series, cache } = await setUp();
    const key = keyOf(await cache.get(source, 'T1wCE', steps));
    await change(series);
    expect(keyOf(await cache.get(source, 'T1wCE', steps))).not.toBe(key);
  });

  it('has another entry for other steps', async () => {
    const { source, cache } = await setUp();
    const keys = [steps, resnet10Input({ slices: 4, rows: 6, columns: 4 }), [{ step: 'toAxial' } as Step]].map((s) =>
      cache.get(source, 'T1wCE', s),
    );
    expect(new Set((await Promise.all(keys)).map(keyOf)).size).toBe(3);
  });

  it.each<[string, (path: string) => Promise<unknown>]>([
    ['an array that is cut short', (path) => truncate(path, 100)],
    ['an array that is gone', (path) => rm(path)],
    ['a record that is gone', (path) => rm(path.replace('.npy', '.json'))],
    ['a record that is torn', (path) => truncate(path.replace('.npy', '.json'), 30)],
    ['a record of another time', (path) => writeFile(path.replace('.npy', '.json'), '{"version":0}')],
  ])('mends %s', async (_name, damage) => {
    const { source, cache } = await setUp();
    const made = await cache.get(source, 'T1wCE', steps);
    const whole = await readFile(made.path);
    await damage(made.path);
    expect(await cache.get(source, 'T1wCE', steps)).toEqual(made);
    expect(await readFile(made.path)).toEqual(whole);
    const before = await mark(made.path);
    await cache.get(source, 'T1wCE', steps);
    expect(await mark(made.path)).toBe(before);
  });

  it('is filled by many at once', async () => {
    const { source, cache } = await setUp();
    const made = await Promise.all(Array.from({ length: 8 }, () => openArrayCache(cache.folder).get(source, 'T1wCE', steps)));
    expect(new Set(made.map(keyOf)).size).toBe(1);
    expect(await readdir(cache.folder)).toHaveLength(2);
    expect(await loadPrepared(made[0]!)).toEqual(runPipeline(steps, smallHead(1)).data);
  });

  it('refuses a dark series', async () => {
    const { root, cache } = await setUp();
    const series = join(root, 'dark');
    await writeSeries(series, volume(new Int16Array(60), [3, 4, 5]), { patientId: 'a', seriesDescription: 'FLAIR' });
    const dark = cache.get({ id: '00001', series: { FLAIR: series } }, 'FLAIR', [{ step: 'minMaxPerSlice' }]);
    await expect(dark).rejects.toThrow(/cohort\/dark-series: .*dark: the series is dark[^]*found 0 in all 3 x 4 x 5/);
  });

  it('names the series that a case does not have', async () => {
    const { source, cache } = await setUp();
    await expect(cache.get(source, 'FLAIR', steps)).rejects.toThrow(
      /cohort\/no-such-series: 00042: the case has no FLAIR series\n {2}found T1wCE/,
    );
  });

  (hasNumpy ? it : it.skip)('opens in NumPy, memory-mapped (needs python3 with numpy)', async () => {
    const { source, cache } = await setUp();
    const made = await cache.get(source, 'T1wCE', steps);
    const script =
      'import numpy, sys, json; a = numpy.load(sys.argv[1], mmap_mode="r"); print(json.dumps([str(a.dtype), a.shape, a.ravel().tolist()]))';
    const [dtype, shape, values] = JSON.parse(spawnSync('python3', ['-c', script, made.path], { encoding: 'utf8' }).stdout) as [
      string,
      number[],
      number[],
    ];
    expect([dtype, shape]).toEqual(['float32', [4, 6, 5]]);
    expect(Float32Array.from(values)).toEqual(await loadPrepared(made));
  });
});

describe('loadPrepared', () => {
  it('makes its hint true: an array damaged at its full size is made again the next time', async () => {
    const { source, cache } = await setUp();
    const made = await cache.get(source, 'T1wCE', steps);
    const content = await readFile(made.path);
    await writeFile(made.path, Buffer.from(content).fill(0, 0, 6));
    await expect(loadPrepared(made)).rejects.toThrow(/cohort\/lost-array/);
    await cache.get(source, 'T1wCE', steps);
    expect(await readFile(made.path)).toEqual(content);
  });

  it('says what to do about an array that was damaged meanwhile', async () => {
    const { source, cache } = await setUp();
    const { path } = await cache.get(source, 'T1wCE', steps);
    await truncate(path, 200);
    await expect(loadPrepared({ path })).rejects.toThrow(/cohort\/lost-array: .*\.npy[^]*hint: give the same command again/);
  });
});
