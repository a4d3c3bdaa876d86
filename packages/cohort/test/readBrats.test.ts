import { join } from 'node:path';
import { describeCohort, readBrats2020, readBrats2021, readCaseVolume, readMask, readRsnaCohort, withMasksOf } from '../src/index.js';
import { smallImage, smallMask, writeBratsCase } from './bratsTree.js';
import { dataSet, emptyFolder, write } from './folders.js';

/** A BraTS tree of empty files. */
async function tree(...paths: readonly string[]): Promise<string> {
  return write(await emptyFolder(), Object.fromEntries(paths.map((path) => [path, ''])));
}

describe('readBrats2020', () => {
  it('finds the four images and the mask of every case, packed or not, and reads them', async () => {
    const root = await emptyFolder();
    await writeBratsCase(root, 'BraTS20_Training_001', 1, '.nii');
    await writeBratsCase(root, 'BraTS20_Training_002', 2, '.nii.gz');
    await write(root, { 'name_mapping.csv': '', 'survival_info.csv': '' });
    const cohort = await readBrats2020(root);
    expect(cohort.setAside).toEqual([]);
    expect(cohort.cases.map(({ id, label }) => [id, label])).toEqual([
      ['BraTS20_Training_001', null],
      ['BraTS20_Training_002', null],
    ]);
    const [first, second] = cohort.cases;
    expect(first!.series.T1wCE).toBe(join(root, 'BraTS20_Training_001/BraTS20_Training_001_t1ce.nii'));
    expect(second!.mask).toBe(join(root, 'BraTS20_Training_002/BraTS20_Training_002_seg.nii.gz'));
    for (const [i, modality] of (['FLAIR', 'T1w', 'T1wCE', 'T2w'] as const).entries()) {
      expect((await readCaseVolume(second!, modality)).data).toEqual(smallImage(8 + i).data);
    }
    expect(await readMask(first!)).toEqual(smallMask(1, 2, 4));
    expect(describeCohort(cohort)).toMatch(
      /^folder "cohort-\w+" in the BraTS 2020 layout: 0 labeled cases \(0 of class 0, 0 of class 1\), 2 without label$/,
    );
  });

  it('knows the mask of case 355 by its odd name', async () => {
    const folder = 'BraTS20_Training_355/';
    const root = await tree(`${folder}BraTS20_Training_355_flair.nii`, `${folder}W39_1998.09.19_Segm.nii`);
    expect((await readBrats2020(root)).cases[0]!.mask).toBe(join(root, folder, 'W39_1998.09.19_Segm.nii'));
  });

  it('sets aside a case without images and a folder that is no case', async () => {
    const root = await tree(
      'BraTS20_Training_001/BraTS20_Training_001_seg.nii',
      'BraTS20_Training_002/BraTS20_Training_002_t2.nii',
      'old/x',
    );
    const { cases, setAside } = await readBrats2020(root);
    expect(cases.map(({ id, series }) => [id, Object.keys(series)])).toEqual([['BraTS20_Training_002', ['T2w']]]);
    expect(setAside.map(({ id, reason }) => [id, reason.split(':')[0]])).toEqual([
      ['BraTS20_Training_001', 'cohort/no-series'],
      ['old', 'cohort/bad-id'],
    ]);
  });

  it.each([
    ['around it', '..'],
    ['of one case', 'data/BraTS20_Training_001'],
  ])('names the folder meant where it is given the folder %s', async (_name, place) => {
    const root = await tree('data/BraTS20_Training_001/BraTS20_Training_001_t2.nii');
    const given = place === '..' ? root : join(root, place);
    await expect(readBrats2020(given)).rejects.toMatchObject({ code: 'cohort/wrong-folder', hint: `name ${join(root, 'data')} instead` });
  });

  it('says what a folder of other things should hold', async () => {
    await expect(readBrats2020(await tree('BraTS2021_00000/BraTS2021_00000_t1.nii.gz'))).rejects.toThrow(
      /cohort\/wrong-folder: .*the folder holds no case of BraTS 2020\n {2}expected folders named like BraTS20_Training_001, found BraTS2021_00000/,
    );
  });
});

describe('readBrats2021', () => {
  const files = (...ids: readonly string[]) => ids.map((id) => `BraTS2021_${id}/BraTS2021_${id}_t1ce.nii.gz`);
  const labels = async (rows: string) => join(await write(await emptyFolder(), { 'l.csv': 'BraTS21ID,MGMT_value\n' + rows }), 'l.csv');

  it('joins labels by the five digits; cases without one come under test', async () => {
    const root = await tree(...files('00042', '00000', '00007'));
    const cohort = await readBrats2021(root, { labels: await labels('42,1\n00000,0\n') });
    expect(cohort.train.map(({ id, label }) => [id, label])).toEqual([
      ['00000', 0],
      ['00042', 1],
    ]);
    expect(cohort.test.map(({ id, label }) => [id, label])).toEqual([['00007', null]]);
    expect(cohort.train[1]!.series).toEqual({ T1wCE: join(root, 'BraTS2021_00042/BraTS2021_00042_t1ce.nii.gz') });
    expect(cohort.setAside).toEqual([]);
  });

  it('leaves out the excluded and lists labels without a case, with their line', async () => {
    const root = await tree(...files('00042', '00109'));
    const cohort = await readBrats2021(root, { labels: await labels('00042,1\n00109,0\n00555,0\n'), exclude: ['00109'] });
    expect([...cohort.train, ...cohort.test].map(({ id }) => id)).toEqual(['00042']);
    expect(cohort.setAside.map(({ id }) => id)).toEqual(['00109', '00555']);
    expect(cohort.setAside[0]!.reason).toMatch(/^cohort\/excluded: excluded by its id: the publisher/);
    expect(cohort.setAside[1]!.reason).toMatch(
      /no-case-folder: .*l\.csv, line 4: the label belongs to no case\n {2}expected a folder .*BraTS2021_00555/,
    );
  });

  it('has no labels where none are given', async () => {
    const { train, test } = await readBrats2021(await tree(...files('00001')));
    expect([train.length, test.length]).toEqual([0, 1]);
  });
});

describe('withMasksOf', () => {
  it('lays the masks of a BraTS 2021 tree beside the series of the same patients', async () => {
    const rsna = await readRsnaCohort(await write(await dataSet({ '00001': 1, '00002': 0 }), { 'masks/BraTS2021_00002_seg.nii': '' }));
    const root = await tree(
      ...['00001', '00002'].flatMap((id) => [`BraTS2021_${id}/BraTS2021_${id}_t1.nii`, `BraTS2021_${id}/BraTS2021_${id}_seg.nii`]),
    );
    const { train } = withMasksOf(rsna, await readBrats2021(root));
    expect(train.map(({ mask }) => mask)).toEqual([
      join(root, 'BraTS2021_00001/BraTS2021_00001_seg.nii'),
      join(rsna.root, 'masks/BraTS2021_00002_seg.nii'),
    ]);
    expect(train[0]!.series).toEqual(rsna.train[0]!.series);
  });
});
