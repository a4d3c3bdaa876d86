import { join } from 'node:path';
import { writeNifti } from '@mgmt/nifti-io';
import { asExternal, describeCohort, type ExternalCohortConfig, readCaseVolume, readExternalCohort, readRsnaCohort } from '../src/index.js';
import { smallImage } from './bratsTree.js';
import { dataSet, emptyFolder, smallHead, write, writeHead } from './folders.js';

/** A hospital's table, and these files beside it. */
async function hospital(table: string, files: Readonly<Record<string, string>> = {}) {
  const root = await write(await emptyFolder(), { 'clinical.csv': table, ...files });
  const read = (config: Partial<ExternalCohortConfig> = {}) =>
    readExternalCohort(root, { table: join(root, 'clinical.csv'), columns, ...config });
  return { root, read };
}

const columns = {
  id: 'Patient',
  label: 'MGMT promoter',
  site: 'Site',
  words: { 0: ['unmethylated'], 1: ['methylated'], unknown: ['indeterminate', 'not available'] },
} as const;

describe('readExternalCohort', () => {
  it('reads DICOM folders and NIfTI files with labels in words', async () => {
    const { root, read } = await hospital('Patient,Age,MGMT promoter,Site\nUP-2,61,Unmethylated,north\nUP-1,70,methylated,south\n');
    await writeHead(join(root, 'UP-1/T1wCE'), 3);
    await writeNifti(join(root, 'UP-2/T1wCE.nii.gz'), smallImage(1));
    await writeNifti(join(root, 'UP-2/tumor_UP-2.nii'), smallImage(2));
    const cohort = await read({ masks: ['tumor_{id}.nii'] });
    expect(cohort.setAside).toEqual([]);
    expect(cohort.cases).toEqual([
      { id: 'UP-1', label: 1, series: { T1wCE: join(root, 'UP-1/T1wCE') }, site: 'south', external: true },
      {
        id: 'UP-2',
        label: 0,
        series: { T1wCE: join(root, 'UP-2/T1wCE.nii.gz') },
        mask: join(root, 'UP-2/tumor_UP-2.nii'),
        site: 'north',
        external: true,
      },
    ]);
    expect((await readCaseVolume(cohort.cases[0]!, 'T1wCE')).data).toEqual(smallHead(3).data);
    expect((await readCaseVolume(cohort.cases[1]!, 'T1wCE')).data).toEqual(smallImage(1).data);
    expect(describeCohort(cohort)).toMatch(/an external cohort: 2 labeled cases \(1 of class 0, 1 of class 1\), 0 without label$/);
  });

  it('finds folders and files by the names that the config gives', async () => {
    const { root, read } = await hospital('Patient,MGMT promoter,Site\n7,methylated,\n', { 'case_7_nifti/7_T1GD.nii.gz': '' });
    const { cases } = await read({ caseFolder: 'case_{id}_nifti', series: { T1wCE: ['T1CE', '{id}_T1GD.nii.gz'] } });
    expect(cases).toEqual([{ id: '7', label: 1, series: { T1wCE: join(root, 'case_7_nifti/7_T1GD.nii.gz') }, external: true }]);
  });

  it.each([
    ['a byte-order mark and CRLF', '\uFEFFPatient,MGMT promoter,Site\r\na,methylated,\r\n'],
    ['semicolons and quotes', '"Patient";"MGMT promoter";"Site"\n"a";"METHYLATED";""\n'],
    ['tabs, spaces and another case of letters', 'PATIENT\tmgmt PROMOTER\tsite\n a \t Methylated \t\n'],
  ])('reads a table with %s', async (_name, table) => {
    const { read } = await hospital(table, { 'a/FLAIR/': '' });
    expect((await read()).cases.map(({ id, label }) => [id, label])).toEqual([['a', 1]]);
  });

  it('keeps cases of which nobody knows the label', async () => {
    const { read } = await hospital('Patient,MGMT promoter,Site\na,,\nb,Indeterminate,\n', { 'a/FLAIR/': '', 'b/FLAIR/': '' });
    expect((await read()).cases.map(({ label }) => label)).toEqual([null, null]);
  });

  it('sets aside what cannot be used, each with its reason', async () => {
    const { read } = await hospital('Patient,MGMT promoter,Site\na,methylated,\nb,methylated,\nc,methylated,\nd,methylated,\n', {
      'a/FLAIR/': '',
      'b/notes.txt': '',
      'd/FLAIR/': '',
      'stranger/FLAIR/': '',
      'readme.txt': '',
    });
    const { cases, setAside } = await read({ exclude: ['d'] });
    expect(cases.map(({ id }) => id)).toEqual(['a']);
    expect(setAside.map(({ id, reason }) => [id, reason.split(':')[0]])).toEqual([
      ['b', 'cohort/no-series'],
      ['c', 'cohort/no-case-folder'],
      ['d', 'cohort/excluded'],
      ['stranger', 'cohort/no-label'],
    ]);
    expect(setAside[1]!.reason).toMatch(/clinical\.csv, line 4: the label belongs to no case/);
    expect(setAside[3]!.reason).toMatch(/stranger: the case has no label\n.*found no row/);
  });

  it.each([
    [
      'a label that is no word of the config',
      'a,1,\n',
      /line 2: the label of a is not valid\n {2}expected unmethylated or methylated or indeterminate or not available, found "1"/,
    ],
    [
      'an id that stands twice',
      'a,methylated,\nb,methylated,\na,methylated,\n',
      /line 4: the id a stands twice\n.*found another in line 2/,
    ],
    ['an id that leads elsewhere', '../a,methylated,\n', /line 2: the id is not valid\n.*found "..\/a"/],
    ['no id', ',methylated,\n', /line 2: the id is not valid/],
  ])('names the row with %s', async (_name, rows, message) => {
    const { read } = await hospital('Patient,MGMT promoter,Site\n' + rows, { 'a/FLAIR/': '' });
    await expect(read()).rejects.toThrow(message);
    await expect(read()).rejects.toMatchObject({ code: 'cohort/bad-label-row' });
  });

  it('names the columns that a table should have', async () => {
    const { read } = await hospital('Patient,MGMT\na,1\n', { 'a/FLAIR/': '' });
    await expect(read()).rejects.toThrow(
      /expected a first line with the column names Patient and MGMT promoter and Site, found "Patient,MGMT"/,
    );
  });

  it('says so where no row has a folder', async () => {
    const { read } = await hospital('Patient,MGMT promoter,Site\n0001,methylated,\n', { '1/FLAIR/': '' });
    await expect(read()).rejects.toThrow(
      /cohort\/no-case: .*no row of the table has a folder here\n {2}expected folders named .*: 0001, found 1/,
    );
  });
});

describe('asExternal', () => {
  it('marks every case, and keeps what it is', async () => {
    const cohort = await readRsnaCohort(await dataSet({ '00001': 1 }, ['00002']));
    const { cases, description } = asExternal(cohort);
    expect(cases).toEqual([...cohort.train, ...cohort.test].map((c) => ({ ...c, external: true })));
    expect(description).toBe(cohort.description);
  });
});
