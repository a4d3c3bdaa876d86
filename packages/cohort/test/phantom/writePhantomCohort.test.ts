import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAxial } from '@mgmt/core';
import { readSeries } from '@mgmt/dicom-io';
import { readNifti } from '@mgmt/nifti-io';
import { toAxial } from '@mgmt/preprocess';
import { phantomCase, type PhantomConfig, phantomConfig, readPhantomConfig, writePhantomCohort } from '../../src/index.js';
import { mean, placesOf, sampler } from './tumorBrightness.js';

const config = phantomConfig({ cases: 5, testCases: 2, shape: [10, 20, 20], signal: 1, seed: 1 });
let root: string;
let folder: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'phantom-'));
  folder = join(root, 'whole');
  await writePhantomCohort(folder, config);
});
afterAll(() => rm(root, { recursive: true }));

const filesUnder = async (path: string) => {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .sort();
};
const fingerprint = async (path: string) => {
  const hash = createHash('sha256');
  for (const file of await filesUnder(path)) hash.update(file).update(await readFile(join(path, file)));
  return hash.digest('hex');
};
/** Stops after this many cases, as a killed process would: between two cases, with half a case more on the disk. */
async function interrupt(path: string, after: number, wanted: PhantomConfig): Promise<void> {
  const stop = new Error('stop');
  const writing = writePhantomCohort(path, wanted, {
    onProgress: ({ done }) => {
      if (done === after) throw stop;
    },
  });
  await expect(writing).rejects.toBe(stop);
  const torn = join(path, 'train', `.${String(after).padStart(5, '0')}.partial`, 'T1w');
  await mkdir(torn, { recursive: true });
  await writeFile(join(torn, 'Image-99.dcm'), 'half a file');
}

describe('writePhantomCohort', () => {
  it('lays the files out as the RSNA-MICCAI data are', async () => {
    expect((await readdir(folder)).sort()).toEqual(['masks', 'phantom.json', 'test', 'train', 'train_labels.csv']);
    expect((await readdir(join(folder, 'train'))).sort()).toEqual(['00000', '00001', '00002', '00003', '00004']);
    expect((await readdir(join(folder, 'test'))).sort()).toEqual(['50000', '50001']);
    expect((await readdir(join(folder, 'train/00003'))).sort()).toEqual(['FLAIR', 'T1w', 'T1wCE', 'T2w']);
    expect((await readdir(join(folder, 'masks'))).sort()[2]).toBe('BraTS2021_00002_seg.nii.gz');
    expect(await readdir(join(folder, 'masks'))).toHaveLength(5);
    for (const name of await readdir(join(folder, 'train/00000/T2w'))) expect(name).toMatch(/^Image-\d+\.dcm$/);
  });

  it('lists the labels of train/ and of nothing else', async () => {
    const lines = (await readFile(join(folder, 'train_labels.csv'), 'utf8')).trimEnd().split('\n');
    expect(lines).toEqual(['BraTS21ID,MGMT_value', ...[0, 1, 2, 3, 4].map((i) => `0000${i},${phantomCase(config, i).label}`)]);
  });

  it('numbers its files otherwise than its slices lie, and reads back voxel by voxel in each plane', async () => {
    const planes = new Set<string>();
    for (let i = 0; i < config.cases; i++) {
      const one = phantomCase(config, i);
      for (const modality of config.modalities) {
        const { volume, files } = await readSeries(join(folder, 'train', one.id, modality));
        expect(volume.data).toEqual(one.render(modality).data);
        volume.affine.flat().forEach((value, at) => expect(value).toBeCloseTo(one.render(modality).affine.flat()[at]!, 9));
        const numbers = files.map((file) => Number(/Image-(\d+)/.exec(file)![1]));
        expect(numbers).not.toEqual([...numbers].sort((a, b) => a - b));
        planes.add(one.orientation(modality));
      }
    }
    expect([...planes].sort()).toEqual(['axial', 'coronal', 'sagittal']);
  });

  it('shows the same tumor at the place of the mask after each plane is turned to axial', async () => {
    for (let i = 0; i < config.cases; i++) {
      const mask = await readNifti(join(folder, `masks/BraTS2021_0000${i}_seg.nii.gz`));
      for (const modality of ['FLAIR', 'T1wCE'] as const) {
        const axial = toAxial((await readSeries(join(folder, `train/0000${i}`, modality))).volume);
        expect(isAxial(axial.affine)).toBe(true);
        const tumor = mean(placesOf(mask, [modality === 'FLAIR' ? 2 : 4]).map(sampler(axial, mask)));
        expect(tumor).toBeGreaterThan(1.15 * mean([...axial.data].filter((value) => value > 0)));
      }
    }
  });

  it('writes nothing a second time', async () => {
    const file = join(folder, 'train/00001/T1w', (await readdir(join(folder, 'train/00001/T1w')))[0]!);
    const manifest = join(folder, 'phantom.json');
    for (const path of [file, manifest]) await utimes(path, 1e9, 1e9);
    const told: unknown[] = [];
    await writePhantomCohort(folder, config, { onProgress: (progress) => told.push(progress) });
    for (const path of [file, manifest]) expect((await stat(path)).mtimeMs).toBe(1e12);
    expect(told).toEqual([{ done: 7, total: 7 }]);
  });

  it('goes on after an interruption, and ends with the same bytes', async () => {
    const path = join(root, 'interrupted');
    await interrupt(path, 3, config);
    await expect(readPhantomConfig(path)).rejects.toThrow(expect.objectContaining({ code: 'cohort/phantom-incomplete' }));
    const kept = (await filesUnder(path)).find((file) => file.startsWith('train/00001'))!;
    await utimes(join(path, kept), 1e9, 1e9);
    await writePhantomCohort(path, config);
    expect((await stat(join(path, kept))).mtimeMs).toBe(1e12); // not made again
    expect(await fingerprint(path)).toBe(await fingerprint(folder));
  });

  it('takes a shortcut and features into its record', async () => {
    const turned = phantomConfig({ ...config, cases: 1, testCases: 0, signalFeatures: ['size'], shortcut: { by: 'site', strength: 0.5 } });
    const path = join(root, 'turned');
    await writePhantomCohort(path, turned);
    expect(await readPhantomConfig(path)).toEqual(turned);
    await expect(writePhantomCohort(path, { ...turned, shortcut: null })).rejects.toThrow(
      expect.objectContaining({ code: 'cohort/phantom-differs' }),
    );
  });

  it('records its config, and finds none in a folder of other data', async () => {
    expect(await readPhantomConfig(folder)).toEqual(config);
    expect(await readPhantomConfig(join(folder, 'masks'))).toBeUndefined();
  });

  it('refuses a folder with a phantom of another config, whole or interrupted', async () => {
    const other = phantomConfig({ ...config, seed: 2 });
    await expect(writePhantomCohort(folder, other)).rejects.toThrow(expect.objectContaining({ code: 'cohort/phantom-differs' }));
    const path = join(root, 'interrupted otherwise');
    await interrupt(path, 1, config);
    await expect(writePhantomCohort(path, other)).rejects.toThrow(expect.objectContaining({ code: 'cohort/phantom-differs' }));
  });

  it('refuses a folder with anything else in it, which might be real data', async () => {
    const path = join(root, 'real');
    await mkdir(join(path, 'train'), { recursive: true });
    await expect(writePhantomCohort(path, config)).rejects.toThrow(expect.objectContaining({ code: 'cohort/not-a-phantom' }));
    expect(await readdir(path)).toEqual(['train']);
  });

  it('says so where its record is damaged', async () => {
    const path = join(root, 'damaged');
    await mkdir(path);
    await writeFile(join(path, 'phantom.json'), '{"version": 1,');
    await expect(readPhantomConfig(path)).rejects.toThrow(expect.objectContaining({ code: 'cohort/bad-phantom-manifest' }));
  });

  it('does not take the files of another version for its own', async () => {
    const path = join(root, 'old');
    await mkdir(path);
    await writeFile(join(path, 'phantom.json'), JSON.stringify({ version: 0, complete: true, config: { dial: 1 } }));
    const differs = expect.objectContaining({ code: 'cohort/phantom-differs' }) as Error;
    await expect(readPhantomConfig(path)).rejects.toThrow(differs);
    await expect(writePhantomCohort(path, config)).rejects.toThrow(differs);
  });

  it('writes the modalities it is asked for and no others', async () => {
    const path = join(root, 'one modality');
    await writePhantomCohort(path, phantomConfig({ ...config, cases: 1, testCases: 0, modalities: ['T1wCE'] }));
    expect(await readdir(join(path, 'train/00000'))).toEqual(['T1wCE']);
    const again = await readSeries(join(path, 'train/00000/T1wCE'));
    expect(again.volume.data).toEqual((await readSeries(join(folder, 'train/00000/T1wCE'))).volume.data);
  });
});
