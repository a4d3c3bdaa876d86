import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { casePipeline } from '@mgmt/preprocess';
import {
  describeCohort,
  EXCLUDED_IDS,
  openArrayCache,
  phantomConfig,
  prepareArrays,
  readRsnaCohort,
  writePhantomCohort,
} from '../src/index.js';
import { writePhantomManifest } from '../src/phantom/phantomManifest.js';
import { dataSet, emptyFolder, write } from './folders.js';

describe('readRsnaCohort', () => {
  it('finds cases with their labels, series and masks', async () => {
    const root = await dataSet({ '00042': 1, '00000': 0 }, ['00001']);
    await write(root, {
      'train/00042/FLAIR/': '',
      'train/00042/.DS_Store': '',
      'train/.00007.partial/T1wCE/': '',
      'train/notes.txt': '',
      'masks/BraTS2021_00000_seg.nii.gz': '',
    });
    const cohort = await readRsnaCohort(root);
    expect(cohort.train).toEqual([
      { id: '00000', label: 0, series: { T1wCE: join(root, 'train/00000/T1wCE') }, mask: join(root, 'masks/BraTS2021_00000_seg.nii.gz') },
      { id: '00042', label: 1, series: { FLAIR: join(root, 'train/00042/FLAIR'), T1wCE: join(root, 'train/00042/T1wCE') } },
    ]);
    expect(cohort.test).toEqual([{ id: '00001', label: null, series: { T1wCE: join(root, 'test/00001/T1wCE') } }]);
    expect(cohort.setAside).toEqual([]);
    expect(cohort.phantom).toBeUndefined();
    expect(describeCohort(cohort)).toMatch(
      /^folder "cohort-\w+" in the RSNA-MICCAI layout: 2 labeled cases \(1 of class 0, 1 of class 1\), 1 without label$/,
    );
  });

  it('does without test/', async () => {
    expect((await readRsnaCohort(await dataSet({ '00000': 0 }))).test).toEqual([]);
  });

  it('sets aside what cannot be used, by id, each with its reason', async () => {
    const root = await dataSet({ '00001': 1, '00002': 0, '00003': 1, '00004': 1, '00005': 0 }, ['00005', '00006']);
    await rm(join(root, 'train/00002'), { recursive: true });
    await rm(join(root, 'train/00003/T1wCE'), { recursive: true });
    await write(root, { 'train/00009/T1wCE/': '', 'train/backup/T1wCE/': '' });
    const cohort = await readRsnaCohort(root, { exclude: ['00004', '00006', '77777'] });
    expect(cohort.train.map(({ id }) => id)).toEqual(['00001', '00005']);
    expect(cohort.test).toEqual([]);
    expect(cohort.setAside.map(({ id }) => id)).toEqual(['00002', '00003', '00004', '00005', '00006', '00009', 'backup']);
    const reasons = Object.fromEntries(cohort.setAside.map(({ id, reason }) => [id, reason]));
    expect(reasons['00002']).toMatch(
      /no-case-folder: .*train_labels\.csv, line 3: the label belongs to no case[^]*hint: fetch the case again, or delete the row/,
    );
    expect(reasons['00003']).toMatch(/no-series: .*train\/00003: the case has no series/);
    expect(reasons['00004']).toBe('cohort/excluded: excluded by its id');
    expect(reasons['00005']).toMatch(/case-in-both-sets: .*test\/00005/);
    expect(reasons['00009']).toMatch(/no-label: .*train\/00009: the case has no label/);
    expect(reasons['backup']).toMatch(/bad-id: .*train\/backup/);
    expect(describeCohort(cohort)).toMatch(/2 labeled cases .*, 0 without label, 7 set aside$/);
  });

  it('names the line of a label that is empty, and a label file without the case', async () => {
    const root = await dataSet({ '00001': 1 });
    await write(root, {
      'train_labels.csv': 'BraTS21ID,MGMT_value\n00001,1\n00002,\n',
      'train/00002/FLAIR/': '',
      'train/00003/FLAIR/': '',
    });
    const { train, setAside } = await readRsnaCohort(root);
    expect(train.map(({ id }) => id)).toEqual(['00001']);
    expect(setAside.map(({ reason }) => /found (.*)/.exec(reason)?.[1])).toEqual(['an empty field in line 3', 'no row']);
  });

  it('says why the publisher’s three cases are excluded, and keeps them unless asked', async () => {
    const root = await dataSet({ '00109': 1, '00110': 0 });
    expect((await readRsnaCohort(root)).train).toHaveLength(2);
    const { train, setAside } = await readRsnaCohort(root, { exclude: Object.keys(EXCLUDED_IDS) });
    expect(train.map(({ id }) => id)).toEqual(['00110']);
    expect(setAside).toEqual([
      { id: '00109', reason: 'cohort/excluded: excluded by its id: the publisher of the data found its series faulty' },
    ]);
  });

  it('reads a phantom cohort, and says that it is one', async () => {
    const root = join(await emptyFolder(), 'phantom');
    const config = phantomConfig({ cases: 3, testCases: 1, shape: [4, 8, 8], modalities: ['T1wCE', 'FLAIR'], signal: 0.5, seed: 7 });
    await writePhantomCohort(root, config);
    const cohort = await readRsnaCohort(root);
    expect(cohort.phantom).toEqual(config);
    expect(describeCohort(cohort)).toMatch(/^phantom cohort, not patients, signal 0.5, seed 7: 3 labeled cases \(.*\), 1 without label$/);
    expect(cohort.train.map(({ mask, series }) => [Boolean(mask), Object.keys(series)])).toEqual(Array(3).fill([true, ['FLAIR', 'T1wCE']]));
    const { ready, setAside } = await prepareArrays(
      openArrayCache(join(root, '..', 'cache')),
      [...cohort.train, ...cohort.test],
      casePipeline({ inputs: [['FLAIR']], steps: [{ step: 'toAxial' }], layout: { as: 'volume' } }),
    );
    expect([ready.length, setAside]).toEqual([4, []]);
  });

  it('refuses a phantom that is not whole', async () => {
    const root = await dataSet({ '00000': 0 });
    await writePhantomManifest(root, phantomConfig(), false);
    await expect(readRsnaCohort(root)).rejects.toThrow(/cohort\/phantom-incomplete[^]*hint: give the same command again/);
  });

  describe('says what to do about', () => {
    const fails = async (folder: string, code: string, message: RegExp) => {
      await expect(readRsnaCohort(folder)).rejects.toMatchObject({ code: `cohort/${code}` });
      await expect(readRsnaCohort(folder)).rejects.toThrow(message);
    };

    it('a folder that is not there', async () => {
      await fails(join(await emptyFolder(), 'rsna'), 'no-such-folder', /rsna: there is no such folder\n {2}hint: check the path/);
    });

    it('a file', async () => {
      await fails(
        join(await dataSet({ '00000': 0 }), 'train_labels.csv'),
        'not-a-folder',
        /this is a file[^]*hint: name the folder that holds train\//,
      );
    });

    it('an empty folder', async () => {
      await fails(await emptyFolder(), 'empty-folder', /the folder is empty\n {2}hint: name the folder that holds train\//);
    });

    it('a folder with other things', async () => {
      await fails(
        await write(await emptyFolder(), { 'a.txt': '', 'b.txt': '' }),
        'wrong-folder',
        /no data set in the RSNA-MICCAI layout\n.*found a\.txt, b\.txt/,
      );
    });

    it.each([
      ['train/', 'train', /a folder of cases, without the data set around them/],
      ['a case', 'train/00000', /the folder of one case/],
      ['a series', 'train/00000/T1wCE', /the folder of one series/],
      ['the folder around', '..', /no data set in the RSNA-MICCAI layout/],
    ])('%s, by naming the right folder', async (_name, place, message) => {
      const outer = await emptyFolder();
      const root = join(outer, 'rsna');
      await write(root, { 'train_labels.csv': '', 'train/00000/T1wCE/Image-1.dcm': '' });
      await fails(join(root, place), 'wrong-folder', message);
      await expect(readRsnaCohort(join(root, place))).rejects.toMatchObject({ hint: `name ${root} instead` });
    });

    it('a data set without its label file', async () => {
      const root = await dataSet({ '00000': 0 });
      await rm(join(root, 'train_labels.csv'));
      await fails(
        root,
        'no-label-file',
        /expected train_labels\.csv beside train\/, found train\n {2}hint: put the competition's train_labels\.csv there/,
      );
    });

    it('an empty train/', async () => {
      const root = await write(await emptyFolder(), { 'train_labels.csv': 'BraTS21ID,MGMT_value\n' });
      await mkdir(join(root, 'train'));
      await fails(root, 'no-case', /train: the folder holds no case\n.*found nothing/);
    });

    it('a bad row', async () => {
      const root = await dataSet({ '00000': 0, '00001': 2 });
      await fails(root, 'bad-label-row', /train_labels\.csv, line 3: the label of 00001 is not valid/);
    });
  });
});
