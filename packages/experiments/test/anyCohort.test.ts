import { join } from 'node:path';
import { casesOf, phantomConfig, writePhantomCohort } from '@mgmt/cohort';
import { writeBratsCase } from '../../cohort/test/bratsTree.js';
import { dataSet, emptyFolder, write } from '../../cohort/test/folders.js';
import { readAnyCohort } from '../src/anyCohort.js';

const labels = (...rows: readonly string[]) => ['BraTS21ID,MGMT_value', ...rows, ''].join('\n');

describe('readAnyCohort', () => {
  it('knows the RSNA-MICCAI layout, also beside masks of BraTS 2021, and a phantom', async () => {
    const root = await write(await dataSet({ '00001': 1, '00002': 0 }), { 'masks/BraTS2021_00001_seg.nii.gz': '' });
    const cohort = await readAnyCohort(root);
    expect(cohort.description).toMatch(/in the RSNA-MICCAI layout$/);
    expect(casesOf(cohort).map(({ id, mask }) => [id, mask !== undefined])).toEqual([
      ['00001', true],
      ['00002', false],
    ]);
    const phantom = join(root, 'phantom');
    await writePhantomCohort(phantom, phantomConfig({ cases: 1, testCases: 0, shape: [4, 8, 8], modalities: ['FLAIR'] }));
    expect((await readAnyCohort(phantom)).description).toMatch(/^phantom cohort/);
  });

  it('knows BraTS 2021, with labels and without', async () => {
    const root = await write(await emptyFolder(), { 'labels.csv': labels('00007,1') });
    await writeBratsCase(root, 'BraTS2021_00007', 1);
    expect((await readAnyCohort(root)).description).toMatch(/BraTS 2021/);
    expect(casesOf(await readAnyCohort(root)).map(({ label }) => label)).toEqual([null]);
    expect(casesOf(await readAnyCohort(root, { labels: join(root, 'labels.csv') })).map(({ label }) => label)).toEqual([1]);
  });

  it('knows BraTS 2020', async () => {
    const root = await emptyFolder();
    await writeBratsCase(root, 'BraTS20_Training_001', 1, '.nii');
    expect((await readAnyCohort(root)).description).toMatch(/BraTS 2020/);
  });

  it('takes any other folder with a table for an external cohort', async () => {
    const root = await write(await emptyFolder(), { 'l.csv': labels('7,1'), '7/FLAIR/': '' });
    const { cases } = (await readAnyCohort(root, { labels: join(root, 'l.csv') })) as { cases: readonly unknown[] };
    expect(cases).toEqual([{ id: '7', label: 1, series: { FLAIR: join(root, '7/FLAIR') }, external: true }]);
  });

  it('calls in an external cohort everything as it is told to', async () => {
    const table = 'Patient;MGMT promoter;Hospital\na;methylated;north\nb;no;\nc;pending;\n';
    const root = await write(await emptyFolder(), {
      'l.csv': table,
      'p_a/a_t1gd.nii.gz': '',
      'p_a/tumor.nii': '',
      'p_b/T1GD/': '',
      'p_c/T1GD/': '',
    });
    const cohort = await readAnyCohort(root, {
      labels: join(root, 'l.csv'),
      columns: { id: ['Patient'], label: ['MGMT promoter'], site: ['Hospital'] },
      words: { 0: ['unmethylated', 'no'], 1: ['methylated'], unknown: ['pending'] },
      files: { T1wCE: ['{id}_t1gd.nii.gz', 'T1GD'], mask: ['tumor.nii'] },
      caseFolder: 'p_{id}',
    });
    expect(cohort.setAside).toEqual([]);
    expect(casesOf(cohort).map(({ id, label, series, mask, site }) => [id, label, series, mask, site])).toEqual([
      ['a', 1, { T1wCE: join(root, 'p_a/a_t1gd.nii.gz') }, join(root, 'p_a/tumor.nii'), 'north'],
      ['b', 0, { T1wCE: join(root, 'p_b/T1GD') }, undefined, undefined],
      ['c', null, { T1wCE: join(root, 'p_c/T1GD') }, undefined, undefined],
    ]);
  });

  it.each([
    ['the folder above a tree of BraTS', '..'],
    ['a case of a tree of BraTS', 'BraTS2021_00007'],
  ])('says which folder is meant where it is given %s', async (_name, place) => {
    const root = join(await emptyFolder(), 'tree');
    await writeBratsCase(root, 'BraTS2021_00007', 1);
    await expect(readAnyCohort(join(root, place))).rejects.toMatchObject({ code: 'cohort/wrong-folder', hint: `name ${root} instead` });
  });

  it.each([
    ['other things', { 'notes/today.txt': '' }, 'cohort/wrong-folder'],
    ['nothing', {}, 'cohort/empty-folder'],
  ])('says so where the folder holds %s', async (_name, files, code) => {
    await expect(readAnyCohort(await write(await emptyFolder(), files as Record<string, string>))).rejects.toMatchObject({ code });
  });

  it('says so where there is no folder', async () => {
    await expect(readAnyCohort('nowhere')).rejects.toMatchObject({ code: 'cohort/no-such-folder' });
  });
});
