import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { volume } from '@mgmt/core';
import { writeNifti } from '@mgmt/nifti-io';
import {
  asExternal,
  cohortReportSection,
  cohortReportText,
  FINDINGS,
  phantomConfig,
  readBrats2020,
  readRsnaCohort,
  validateCohort,
  type ValidateProgress,
  writePhantomCohort,
} from '../../src/index.js';
import { smallImage, smallMask, writeBratsCase } from '../bratsTree.js';
import { emptyFolder } from '../folders.js';
import { goodCohort, noise, SPOILS } from './badCohort.js';

const id = (i: number) => String(i).padStart(5, '0');
const codes = ({ findings }: { readonly findings: readonly { readonly code: string }[] }) => findings.map(({ code }) => code);

const NOTHING = { missing: 0, unreadable: 0, inconsistent: 0, duplicated: 0 };

describe('validateCohort', () => {
  it('says of a good cohort what is there, and nothing else', async () => {
    const { root } = await goodCohort([id(0), id(1), id(2)]);
    const report = await validateCohort(await readRsnaCohort(root));
    expect(report.counts).toEqual({
      cases: 3,
      withFindings: 0,
      series: 6,
      masks: 3,
      files: 33,
      classes: { 0: 2, 1: 1, unknown: 0 },
      orientations: {
        FLAIR: { axial: 3, coronal: 0, sagittal: 0 },
        T1w: { axial: 0, coronal: 0, sagittal: 0 },
        T1wCE: { axial: 3, coronal: 0, sagittal: 0 },
        T2w: { axial: 0, coronal: 0, sagittal: 0 },
      },
      findings: Object.fromEntries(['FLAIR', 'T1w', 'T1wCE', 'T2w', 'mask'].map((of) => [of, NOTHING])),
      vendors: { GE: { 0: 2, 1: 0, unknown: 0 }, Siemens: { 0: 0, 1: 1, unknown: 0 } },
    });
    expect(report.cases[1]).toEqual({
      id: '00001',
      label: 1,
      series: {
        FLAIR: {
          format: 'dicom',
          files: 5,
          otherFiles: 0,
          shape: [5, 4, 3],
          spacingMm: [1, 1, 1],
          orientation: 'axial',
          vendor: 'Siemens',
        },
        T1wCE: {
          format: 'dicom',
          files: 5,
          otherFiles: 0,
          shape: [5, 4, 3],
          spacingMm: [1, 1, 1],
          orientation: 'axial',
          vendor: 'Siemens',
        },
      },
      mask: { format: 'nifti', files: 1, otherFiles: 0, shape: [5, 4, 3], spacingMm: [1, 1, 1], orientation: 'axial', vendor: 'not said' },
      findings: [],
    });
  });

  it.each(Object.entries(SPOILS))('finds %s', async (_name, [code, spoil]) => {
    const cohort = await goodCohort([id(0), id(1), id(2), id(3)]);
    await spoil(cohort, id(2));
    const report = await validateCohort(await readRsnaCohort(cohort.root));
    expect(report.cases.map(codes)).toEqual([code === 'same-image' ? [code] : [], [], [code], []]);
    expect(report.cases[2]!.findings[0]!.kind).toBe(FINDINGS[code as keyof typeof FINDINGS]);
  });

  it('goes through a cohort of differently bad cases to its end, and lists every reason', async () => {
    const spoils = Object.values(SPOILS);
    const ids = Array.from({ length: spoils.length + 4 }, (_, i) => id(i));
    const cohort = await goodCohort(ids);
    for (const [i, [, spoil]] of spoils.entries()) await spoil(cohort, id(i + 1));
    await rm(join(cohort.root, 'train', ids.at(-1)!), { recursive: true });
    const report = await validateCohort(await readRsnaCohort(cohort.root));
    expect(report.cases.map((c) => [c.id, codes(c)])).toEqual([
      ['00000', ['same-image']], // it has a twin among the bad
      ...spoils.map(([code], i) => [id(i + 1), [code]]),
      [id(spoils.length + 1), []],
      [id(spoils.length + 2), []],
    ]);
    expect(report.setAside.map((aside) => aside.id)).toEqual([ids.at(-1)]);
    expect(report.counts.withFindings).toBe(spoils.length + 1);
    expect(report.counts.findings).toEqual({
      FLAIR: { missing: 2, unreadable: 2, inconsistent: 3, duplicated: 2 },
      T1w: NOTHING,
      T1wCE: { ...NOTHING, inconsistent: 2 },
      T2w: NOTHING,
      mask: { missing: 1, unreadable: 1, inconsistent: 2, duplicated: 0 },
    });
    const text = cohortReportText(report);
    for (const [i, [code]] of spoils.entries())
      expect(text).toMatch(new RegExp(`\n  ${id(i + 1)} \\w+: ${FINDINGS[code as 'dark']}, ${code}: `));
    expect(text).toContain(`${spoils.length + 1} cases with findings, 2 without`);
    expect(text).toMatch(/1 set aside\n {2}\d{5}: cohort\/no-case-folder: train_labels\.csv, line \d+: /);
  });

  it('names the files that cannot be read, counted, where their names are numbers', async () => {
    const { root, series } = await goodCohort([id(0)]);
    await writeFile(join(series(id(0), 'FLAIR'), 'Image-2.dcm'), 'DICM no more'.padStart(140));
    await writeFile(join(series(id(0), 'FLAIR'), 'Doe Jane.dcm'), 'DICM no more'.padStart(140));
    const { cases } = await validateCohort(await readRsnaCohort(root));
    expect(cases[0]!.series.FLAIR).toMatchObject({ files: 4, otherFiles: 0 });
    expect(cases[0]!.findings).toEqual([
      expect.objectContaining({
        code: 'cannot-read',
        of: 'FLAIR',
        sentence: expect.stringMatching(/^dicom-io\/.*\(2 of 6 files: file 1 by name, Image-2\.dcm\)$/),
      }),
    ]);
  });

  it('counts what is no image apart', async () => {
    const { root, series } = await goodCohort([id(0)]);
    await writeFile(join(series(id(0), 'FLAIR'), 'notes.txt'), 'hello');
    const { cases } = await validateCohort(await readRsnaCohort(root));
    expect([cases[0]!.series.FLAIR?.files, cases[0]!.series.FLAIR?.otherFiles, cases[0]!.findings]).toEqual([5, 1, []]);
  });

  it('does not take series for the same whose middle slices alone are equal', async () => {
    const cohort = await goodCohort([id(0), id(1)]);
    const almost = noise(id(0), 'FLAIR');
    almost.data[0]!++;
    await cohort.rewrite(id(1), 'FLAIR', almost);
    expect((await validateCohort(await readRsnaCohort(cohort.root))).cases.map(codes)).toEqual([[], []]);
  });

  it('finds copies that have the same gap, and a copy of which a later slice cannot be read', async () => {
    const cohort = await goodCohort([id(0), id(1), id(2), id(3)]);
    const slice = (i: number, k: number) => join(cohort.series(id(i), 'FLAIR'), `Image-${k}.dcm`);
    await cohort.rewrite(id(1), 'FLAIR', noise(id(0), 'FLAIR'));
    for (const i of [0, 1]) await rm(slice(i, 2));
    await cohort.rewrite(id(3), 'FLAIR', noise(id(2), 'FLAIR'));
    await truncate(slice(3, 5), (await readFile(slice(3, 5))).length - 4); // its header, and the middle slice, are whole
    const { cases } = await validateCohort(await readRsnaCohort(cohort.root));
    expect(cases.map(codes)).toEqual([['irregular-slices', 'same-image'], ['irregular-slices', 'same-image'], [], ['cannot-read']]);
  });

  it('tells series apart whose middle slices are dark, and dark series from copies of each other', async () => {
    const cohort = await goodCohort([id(0), id(1), id(2), id(3)]);
    const edge = (value: number) =>
      volume(
        Int16Array.from({ length: 60 }, (_, i) => (i === 0 ? value : 0)),
        [5, 4, 3],
      );
    for (const [i, value] of [7, 8, 0, 0].entries()) await cohort.rewrite(id(i), 'FLAIR', edge(value));
    expect((await validateCohort(await readRsnaCohort(cohort.root))).cases.map(codes)).toEqual([[], [], ['dark'], ['dark']]);
  });

  it('takes no series for dark whose slices differ', async () => {
    const cohort = await goodCohort([id(0)]);
    await cohort.rewrite(
      id(0),
      'FLAIR',
      volume(
        Int16Array.from({ length: 60 }, (_, i) => Math.floor(i / 12)),
        [5, 4, 3],
      ),
    );
    expect((await validateCohort(await readRsnaCohort(cohort.root))).cases.map(codes)).toEqual([[]]);
  });

  it('finds the same image under two modalities of a case, and says where', async () => {
    const cohort = await goodCohort([id(0), id(1)]);
    await cohort.rewrite(id(1), 'T1wCE', noise(id(1), 'FLAIR'));
    const { cases } = await validateCohort(await readRsnaCohort(cohort.root));
    expect(cases[1]!.findings.map(({ of, sentence }) => [of, sentence])).toEqual([
      ['FLAIR', 'the same voxels as 00001 T1wCE'],
      ['T1wCE', 'the same voxels as 00001 FLAIR'],
    ]);
  });

  it('looks at NIfTI trees: grids, extents, whole files, copies', async () => {
    const root = await emptyFolder();
    const name = (i: number) => `BraTS20_Training_00${i}`;
    const path = (i: number, suffix: string) => join(root, name(i), `${name(i)}_${suffix}.nii.gz`);
    for (let i = 1; i <= 6; i++) await writeBratsCase(root, name(i), i);
    const { data, affine } = smallImage(99);
    await writeNifti(path(2, 'flair'), volume(data, [4, 3, 5], affine));
    await writeNifti(path(3, 'seg'), volume(smallMask(1).data, [5, 4, 3]));
    await writeFile(path(4, 't2'), (await readFile(path(4, 't2'))).subarray(0, -5));
    await writeFile(path(5, 't1'), await readFile(path(1, 't1')));
    await writeFile(path(6, 't1'), 'no image');
    const report = await validateCohort(await readBrats2020(root));
    expect(report.cases.map(({ findings }) => findings.map(({ of, code }) => `${of} ${code}`))).toEqual([
      ['T1w same-image'],
      ['FLAIR other-grid'],
      ['mask other-grid'],
      ['T2w cannot-read'],
      ['T1w same-image'],
      ['T1w cannot-read'],
    ]);
    expect(report.counts).toMatchObject({ cases: 6, masks: 6, classes: { 0: 0, 1: 0, unknown: 6 } });
  });

  it('finds NIfTI files of several volumes, and such as lie nowhere', async () => {
    const root = await emptyFolder();
    const name = (i: number) => `BraTS20_Training_00${i}`;
    for (let i = 1; i <= 3; i++) await writeBratsCase(root, name(i), i, '.nii');
    const change = async (path: string, edit: (bytes: Buffer) => void) => {
      const bytes = await readFile(path);
      edit(bytes);
      await writeFile(path, bytes);
    };
    await change(join(root, name(2), `${name(2)}_t1.nii`), (bytes) => [4, 5, 4, 1, 3].forEach((n, i) => bytes.writeInt16LE(n, 40 + 2 * i))); // dim
    for (const suffix of ['flair', 't1', 't1ce', 't2', 'seg']) {
      await change(join(root, name(3), `${name(3)}_${suffix}.nii`), (bytes) => bytes.writeInt16LE(0, 254)); // sform_code
    }
    const { cases } = await validateCohort(await readBrats2020(root));
    expect(cases.map(({ findings }) => findings.map(({ of, code }) => `${of} ${code}`))).toEqual([
      [],
      ['T1w several-volumes', 'T1w other-grid'],
      ['FLAIR', 'T1w', 'T1wCE', 'T2w', 'mask'].map((of) => `${of} irregular-slices`),
    ]);
  });

  it('finds a series in color', async () => {
    const { root, series } = await goodCohort([id(0)]);
    for (const file of await readdir(series(id(0), 'FLAIR'))) {
      const path = join(series(id(0), 'FLAIR'), file);
      const bytes = await readFile(path);
      bytes.write('RGB'.padEnd(12), bytes.indexOf('MONOCHROME2 '), 'latin1');
      await writeFile(path, bytes);
    }
    expect((await validateCohort(await readRsnaCohort(root))).cases.map(codes)).toEqual([['not-gray']]);
  });

  it('finds nothing wrong with a phantom, and takes an external cohort', async () => {
    const root = join(await emptyFolder(), 'phantom');
    await writePhantomCohort(root, phantomConfig({ cases: 4, testCases: 2, shape: [6, 12, 12], modalities: ['T1wCE', 'FLAIR'] }));
    const cohort = await readRsnaCohort(root);
    for (const one of [cohort, asExternal(cohort)]) {
      const { counts, cases } = await validateCohort(one);
      expect(cases.flatMap(({ findings }) => findings)).toEqual([]);
      expect(counts).toMatchObject({ cases: 6, masks: 4, vendors: { phantom: { unknown: 2 } } });
    }
  });

  it('tells how far it is, and stops between two cases', async () => {
    const { root } = await goodCohort([id(0), id(1), id(2), id(3), id(4)]);
    const cohort = await readRsnaCohort(root);
    const seen: ValidateProgress[] = [];
    await validateCohort(cohort, { onProgress: (progress) => seen.push(progress) });
    expect(seen.map(({ done, total, files }) => [done, total, files])).toEqual([1, 2, 3, 4, 5].map((done) => [done, 5, 11 * done]));
    const stop = new AbortController();
    let last = 0;
    const onProgress = ({ done }: ValidateProgress) => (last = done) === 2 && stop.abort(new Error('enough'));
    await expect(validateCohort(cohort, { onProgress, signal: stop.signal })).rejects.toThrow('enough');
    expect(last).toBeLessThanOrEqual(3); // one may be under way
  });

  it('stops also while it compares images', async () => {
    const { root, rewrite } = await goodCohort([id(0), id(1)]);
    await rewrite(id(1), 'FLAIR', noise(id(0), 'FLAIR'));
    const checks: number[] = [];
    const signal = { throwIfAborted: () => void checks.push(checks.length) } as unknown as AbortSignal;
    await validateCohort(await readRsnaCohort(root), { signal });
    expect(checks).toHaveLength(2 + 1 + 2); // a case, before the comparison, an image that may be the same
  });

  it('repeats nothing that identifies a patient', async () => {
    const cohort = await goodCohort([id(0), id(1), id(2)]);
    await cohort.rewrite(id(1), 'FLAIR', noise('x'), { patientId: SECRET, manufacturer: `made for ${SECRET}`, seriesDescription: SECRET });
    await SPOILS['two volumes in one folder']![1](cohort, id(2));
    const folder = cohort.series(id(1), 'FLAIR');
    for (const name of await readdir(folder)) {
      const bytes = await readFile(join(folder, name));
      const at = bytes.indexOf(Buffer.from([0x10, 0, 0x10, 0, 0x50, 0x4e, 0, 0])); // an empty Patient's Name
      const named = Buffer.concat([bytes.subarray(0, at + 6), Buffer.of(SECRET.length, 0), Buffer.from(SECRET), bytes.subarray(at + 8)]);
      await writeFile(join(folder, name), named);
    }
    await writeFile(join(folder, `${SECRET}.dcm`), 'DICM no more'.padStart(140));
    await rm(join(cohort.root, 'train', id(0)), { recursive: true });
    const report = await validateCohort(await readRsnaCohort(cohort.root));
    expect(codes(report.cases[0]!)).toEqual(['cannot-read', 'other-frame-of-reference', 'other-patient']);
    for (const text of [JSON.stringify(report), cohortReportText(report), JSON.stringify(cohortReportSection(report))]) {
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain(cohort.root);
      expect(text).not.toMatch(/2\.25\.\d/); // a UID
    }
  });
});

const SECRET = 'ROE^RICHARD1';
