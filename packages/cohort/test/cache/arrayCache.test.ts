import { spawnSync } from 'node:child_process';
import { readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { identityAffine, type Volume, volume } from '@mgmt/core';
import { writeSeries } from '@mgmt/dicom-io';
import { writeNifti } from '@mgmt/nifti-io';
import { casePipeline, type Step, resnet10Input, runPipeline } from '@mgmt/preprocess';
import { type CachedInput, listCache, loadPrepared, loadSample, openArrayCache, pruneCache } from '../../src/index.js';
import { emptyFolder, smallHead, writeHead } from '../folders.js';

const steps = resnet10Input({ slices: 4, rows: 6, columns: 5 });
/** One modality, one volume. */
const only = (steps: readonly Step[], modality = 'T1wCE') => casePipeline({ inputs: [[modality]], steps, layout: { as: 'volume' } });
const pipeline = only(steps);
const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;

/** The name of an entry. */
const keyOf = ({ key }: { readonly key: string }) => key;
const pathOf = ({ arrays }: CachedInput) => arrays[0]!.path;
const recordOf = (path: string) => path.replace('-0.npy', '.json');

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
    const before = await cache.get(source, pipeline);
    for (const name of await readdir(source.series.T1wCE)) await utimes(join(source.series.T1wCE, name), 1, 1);
    const after = await cache.get(source, pipeline);
    expect(keyOf(after)).not.toBe(keyOf(before)); // times may mean another content: it is made again
    expect(after.arrays[0]!.contentHash).toBe(before.arrays[0]!.contentHash);
  });

  it('holds what the pipeline makes of the series', async () => {
    const { source, cache } = await setUp();
    const made = await cache.get(source, pipeline);
    expect(made.arrays[0]!.shape).toEqual([4, 6, 5, 1]);
    expect(await loadPrepared(made)).toEqual(runPipeline(steps, smallHead(1)).data);
  });

  it('says beside it from what and how it was made', async () => {
    const { source, cache } = await setUp();
    const made = await cache.get(source, pipeline);
    expect((await readdir(cache.folder)).sort()).toEqual([`${made.key}-0.npy`, `${made.key}.json`]);
    expect(JSON.parse(await readFile(recordOf(pathOf(made)), 'utf8'))).toMatchObject({
      from: { id: '00042', fingerprints: { T1wCE: expect.stringMatching(/^[\da-f]{64}$/) }, files: 9 },
      pipeline,
      arrays: [{ shape: [4, 6, 5, 1], contentHash: made.arrays[0]!.contentHash }],
    });
  });

  it('keeps voxels of integers as float32', async () => {
    const { source, cache } = await setUp();
    const data = await loadPrepared(await cache.get(source, only([{ step: 'toAxial' }])));
    expect(data).toEqual(new Float32Array(runPipeline([{ step: 'toAxial' }], smallHead(1)).data));
  });

  it('reads no image again', async () => {
    const { source, series, cache } = await setUp();
    const spoiled = join(series, 'Image-5.dcm');
    await utimes(spoiled, 1, 1);
    const first = await cache.get(source, pipeline);
    const before = await mark(pathOf(first));
    // spoiled without a trace in name, size, time or first KiB of the first file: only reading it would tell
    await writeFile(spoiled, new Uint8Array((await stat(spoiled)).size));
    await utimes(spoiled, 1, 1);
    expect(await openArrayCache(cache.folder).get(source, pipeline)).toEqual({ ...first, hit: true });
    expect(await mark(pathOf(first))).toBe(before);
  });

  it.each<[string, (series: string) => Promise<unknown>]>([
    ['written anew', (series) => writeHead(series, 2)],
    ['given another time', (series) => utimes(join(series, 'Image-3.dcm'), 1, 1)],
    ['shorter', (series) => rm(join(series, 'Image-9.dcm'))],
  ])('notices a series that was %s', async (_name, change) => {
    const { source, series, cache } = await setUp();
    const key = keyOf(await cache.get(source, pipeline));
    await change(series);
    expect(keyOf(await cache.get(source, pipeline))).not.toBe(key);
  });

  it('has another entry for other steps', async () => {
    const { source, cache } = await setUp();
    const keys = [steps, resnet10Input({ slices: 4, rows: 6, columns: 4 }), [{ step: 'toAxial' } as Step]].map((s) =>
      cache.get(source, only(s)),
    );
    expect(new Set((await Promise.all(keys)).map(keyOf)).size).toBe(3);
  });

  it.each<[string, (path: string) => Promise<unknown>]>([
    ['an array that is cut short', (path) => truncate(path, 100)],
    ['an array whose bytes were changed', async (path) => writeFile(path, Buffer.from(await readFile(path)).fill(9, 300))],
    ['an array that is gone', (path) => rm(path)],
    ['a record that is gone', (path) => rm(recordOf(path))],
    ['a record that is torn', (path) => truncate(recordOf(path), 30)],
    ['a record of another time', (path) => writeFile(recordOf(path), '{"version":0}')],
  ])('mends %s', async (_name, damage) => {
    const { source, cache } = await setUp();
    const made = await cache.get(source, pipeline);
    const whole = await readFile(pathOf(made));
    await damage(pathOf(made));
    expect(await cache.get(source, pipeline)).toEqual(made);
    expect(await readFile(pathOf(made))).toEqual(whole);
    const before = await mark(pathOf(made));
    await cache.get(source, pipeline);
    expect(await mark(pathOf(made))).toBe(before);
  });

  it('is filled by many at once', async () => {
    const { source, cache } = await setUp();
    const made = await Promise.all(Array.from({ length: 8 }, () => openArrayCache(cache.folder).get(source, pipeline)));
    expect(new Set(made.map(keyOf)).size).toBe(1);
    expect(await readdir(cache.folder)).toHaveLength(2);
    expect(await loadPrepared(made[0]!)).toEqual(runPipeline(steps, smallHead(1)).data);
  });

  it('refuses a dark series', async () => {
    const { root, cache } = await setUp();
    const series = join(root, 'dark');
    await writeSeries(series, volume(new Int16Array(60), [3, 4, 5]), { patientId: 'a', seriesDescription: 'FLAIR' });
    const dark = cache.get({ id: '00001', series: { FLAIR: series } }, only([{ step: 'minMaxPerSlice' }], 'FLAIR'));
    await expect(dark).rejects.toThrow(/cohort\/dark-series: .*dark: the series is dark[^]*found 0 in all 3 x 4 x 5/);
  });

  it('names the series that a case does not have', async () => {
    const { source, cache } = await setUp();
    await expect(cache.get(source, only(steps, 'FLAIR'))).rejects.toThrow(
      /cohort\/no-such-series: 00042: the case has no FLAIR series\n {2}found T1wCE/,
    );
  });

  (hasNumpy ? it : it.skip)('opens in NumPy, memory-mapped (needs python3 with numpy)', async () => {
    const { source, cache } = await setUp();
    const made = await cache.get(source, pipeline);
    const script =
      'import numpy, sys, json; a = numpy.load(sys.argv[1], mmap_mode="r"); print(json.dumps([str(a.dtype), a.shape, a.ravel().tolist()]))';
    const [dtype, shape, values] = JSON.parse(spawnSync('python3', ['-c', script, pathOf(made)], { encoding: 'utf8' }).stdout) as [
      string,
      number[],
      number[],
    ];
    expect([dtype, shape]).toEqual(['float32', [4, 6, 5, 1]]);
    expect(Float32Array.from(values)).toEqual(await loadPrepared(made));
  });
});

describe('loadPrepared', () => {
  it('makes its hint true: an array damaged at its full size is made again the next time', async () => {
    const { source, cache } = await setUp();
    const made = await cache.get(source, pipeline);
    const content = await readFile(pathOf(made));
    await writeFile(pathOf(made), Buffer.from(content).fill(0, 0, 6));
    await expect(loadPrepared(made)).rejects.toThrow(/cohort\/lost-array/);
    await cache.get(source, pipeline);
    expect(await readFile(pathOf(made))).toEqual(content);
  });

  it('says what to do about an array that was damaged meanwhile', async () => {
    const { source, cache } = await setUp();
    const made = await cache.get(source, pipeline);
    await truncate(pathOf(made), 200);
    await expect(loadPrepared(made)).rejects.toThrow(/cohort\/lost-array: .*\.npy[^]*hint: give the same command again/);
  });
});

describe('an array cache of several modalities and masks', () => {
  /** FLAIR as NIfTI, T1wCE as DICOM on another grid, and a mask; the mask's tumor is in the fourth and fifth slice. */
  async function twoModalities() {
    const root = await emptyFolder();
    const head: Volume<Uint16Array> = volume(
      Uint16Array.from({ length: 8 * 16 * 16 }, (_, i) =>
        i % 16 > 2 && i % 16 < 13 && (i >> 4) % 16 > 2 && (i >> 4) % 16 < 13 ? 100 + (i % 97) : 0,
      ),
      [8, 16, 16],
      identityAffine,
    );
    const tumor = volume(
      Uint8Array.from(head.data, (_, i) => (i >> 8 === 3 || i >> 8 === 4 ? Number(i % 16 > 5 && i % 16 < 9) : 0)),
      head.shape,
      head.affine,
    );
    const series = { FLAIR: join(root, 'flair.nii.gz'), T1wCE: join(root, 'T1wCE') };
    await writeNifti(series.FLAIR, head);
    await writeSeries(series.T1wCE, head, { patientId: 'a', seriesDescription: 'T1wCE' });
    const mask = join(root, 'seg.nii.gz');
    await writeNifti(mask, tumor);
    return { root, head, source: { id: 'a', series, mask }, cache: openArrayCache(join(root, 'cache')) };
  }
  const branches = casePipeline({
    inputs: [['FLAIR'], ['FLAIR', 'T1wCE']],
    onto: 'FLAIR',
    steps: [{ step: 'toAxial' }, { step: 'resizeSlices', rows: 8, columns: 8 }],
    layout: { as: 'slices', keep: { by: 'mask' } },
  });

  it('keeps an array for each input, its samples, and what was left out', async () => {
    const { source, cache } = await twoModalities();
    const made = await cache.get(source, branches);
    expect(made.arrays.map(({ shape }) => shape)).toEqual([
      [2, 8, 8, 1],
      [2, 8, 8, 2],
    ]);
    expect(made.samples?.map(({ slice }) => slice)).toEqual([3, 4]);
    expect(made.dropped).toEqual({ slices: 6, by: 'mask' });
    expect(await cache.get(source, branches)).toEqual({ ...made, hit: true });
  });

  it('reads one sample without the others', async () => {
    const { source, cache } = await twoModalities();
    const made = await cache.get(source, branches);
    const all = await loadPrepared(made, 1);
    expect(await loadSample(made, 1, 1)).toEqual(all.subarray(128));
    await truncate(made.arrays[1]!.path, 400);
    await expect(loadSample(made, 1, 1)).rejects.toThrow(/cohort\/lost-array/);
  });

  it('notices another mask, where the pipeline looks at it', async () => {
    const { source, head, cache } = await twoModalities();
    const [withMask, without] = [await cache.get(source, branches), await cache.get(source, only(steps, 'FLAIR'))];
    await writeNifti(
      source.mask,
      volume(
        Uint8Array.from(head.data, (value, i) => (i >> 8 === 5 && value > 0 ? 4 : 0)),
        head.shape,
        head.affine,
      ),
    );
    expect((await cache.get(source, branches)).key).not.toBe(withMask.key);
    expect((await cache.get(source, only(steps, 'FLAIR'))).hit).toBe(true);
    expect(without.hit).toBe(false);
  });

  it('sets a case aside of which no slice is left', async () => {
    const { source, head, cache } = await twoModalities();
    await writeNifti(source.mask, volume(new Uint8Array(head.data.length), head.shape, head.affine));
    await expect(cache.get(source, branches)).rejects.toThrow(/cohort\/no-slices: a(.|\n)*8 dropped by 'mask'/);
  });
});

describe('listing and pruning', () => {
  it('tells what is there, and removes what is not to stay', async () => {
    const { source, cache } = await setUp();
    const [first, second] = [await cache.get(source, pipeline), await cache.get(source, only([{ step: 'toAxial' }]))];
    await utimes(recordOf(pathOf(first)), 1, 1);
    await writeFile(join(cache.folder, '.left.tmp'), 'torn');
    const { entries, leftovers } = await listCache(cache.folder);
    expect(entries.map(({ key, id, from, sizeBytes }) => [key, id, from, sizeBytes > 0])).toEqual([
      [second.key, '00042', ['T1wCE'], true],
      [first.key, '00042', ['T1wCE'], true],
    ]);
    expect(leftovers).toEqual([{ path: join(cache.folder, '.left.tmp'), sizeBytes: 4 }]);

    const removed = await pruneCache(cache.folder, { newerThanMs: 3_600_000 });
    expect(removed.entries.map(({ key }) => key)).toEqual([first.key]);
    expect(removed.leftovers).toEqual([]); // young enough that somebody may be writing it
    await utimes(join(cache.folder, '.left.tmp'), 1, 1);
    expect((await pruneCache(cache.folder, { maxBytes: 0 })).entries.map(({ key }) => key)).toEqual([second.key]);
    expect(await readdir(cache.folder)).toEqual([]);
  });

  it('finds nothing in a folder that is not there', async () => {
    expect(await listCache('missing')).toEqual({ entries: [], leftovers: [] });
  });
});
