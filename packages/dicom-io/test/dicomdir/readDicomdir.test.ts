import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { identityAffine, isMgmtError } from '@mgmt/core';
import fc from 'fast-check';
import { type Dicomdir, readDicomdir, readSeries, writeSeries } from '../../src/index.js';
import { counted, newFolder, sliceBytes } from '../craft.js';
import { type CraftedRecord, dicomdirBytes, linked, oneSeries } from './craftDicomdir.js';

const shared = process.env.MGMT_SHARED_DATA;
const hasPydicom = spawnSync('python3', ['-c', 'import pydicom']).status === 0;

/** A folder with a DICOMDIR, and files of one image each. */
function disc(records: readonly CraftedRecord[], files: readonly string[] = [], shift = 0): { folder: string; dicomdir: string } {
  const folder = newFolder();
  const dicomdir = join(folder, 'DICOMDIR');
  writeFileSync(dicomdir, dicomdirBytes(records, shift));
  files.forEach((file, i) => {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), sliceBytes({ instance: i + 1 }));
  });
  return { folder, dicomdir };
}

const seriesOf = ({ patients }: Dicomdir) => patients.flatMap(({ studies }) => studies.flatMap(({ series }) => series));
const filesOf = (directory: Dicomdir) => seriesOf(directory).flatMap(({ files }) => files);
const codesOf = ({ skipped }: Dicomdir) => skipped.map(({ error }) => error?.code);

describe('readDicomdir', () => {
  it('lists patients, studies, series, and the paths of images for readSeries', async () => {
    const { folder, dicomdir } = disc(oneSeries('A\\I1', 'A\\I2', 'A\\I3'), ['A/I1', 'A/I2', 'A/I3']);
    const files = ['I1', 'I2', 'I3'].map((name) => join(folder, 'A', name));
    expect(await readDicomdir(dicomdir)).toEqual({
      patients: [{ studies: [{ series: [{ modality: 'MR', seriesNumber: 7, files }] }] }],
      skipped: [],
      irregularities: [],
    });
    expect((await readSeries(files)).volume.shape).toEqual([3, 2, 3]);
  });

  it('tells who the patient is only when asked', async () => {
    const { dicomdir } = disc(oneSeries());
    expect(JSON.stringify(await readDicomdir(dicomdir))).not.toContain('Doe');
    expect((await readDicomdir(dicomdir, { identifying: true })).patients[0]!.identifying).toEqual({ patientName: 'Doe^Jane' });
  });

  it('keeps patients, studies and series apart', async () => {
    const image = (file: string) => ({ type: 'IMAGE', file });
    const [patient, study, series] = [{ type: 'PATIENT' }, { type: 'STUDY' }, { type: 'SERIES' }];
    const records = linked([
      patient,
      study,
      series,
      image('A'),
      series,
      image('B'),
      study,
      series,
      image('C'),
      patient,
      study,
      series,
      image('D'),
    ]);
    const { folder, dicomdir } = disc(records, ['A', 'B', 'C', 'D']);
    const { patients } = await readDicomdir(dicomdir);
    expect(
      patients.map(({ studies }) => studies.map((s) => s.series.map(({ files }) => files.map((file) => relative(folder, file))))),
    ).toEqual([[[['A'], ['B']], [['C']]], [[['D']]]]);
  });

  it('sets aside what is no image, and what is out of use', async () => {
    const records = linked([
      ...oneSeries('A'),
      { type: 'SR DOCUMENT', file: 'B' },
      { type: 'IMAGE', file: 'C', inUse: 0 },
    ] as CraftedRecord[]).map(({ next: _, lower: __, ...record }) => record);
    const { folder, dicomdir } = disc(linked(records), ['A', 'B', 'C']);
    const directory = await readDicomdir(dicomdir);
    expect(filesOf(directory)).toEqual([join(folder, 'A')]);
    expect(directory.skipped).toEqual([
      { path: join(folder, 'B'), reason: 'no image, as its record says' },
      { path: join(folder, 'C'), reason: 'its record is out of use' },
    ]);
  });

  it('refuses other DICOM files, and a DICOMDIR that is cut short', async () => {
    const { folder, dicomdir } = disc(oneSeries('A'), ['A']);
    await expect(readDicomdir(join(folder, 'A'))).rejects.toMatchObject({ code: 'dicom-io/not-a-dicomdir', where: join(folder, 'A') });
    writeFileSync(dicomdir, readFileSync(dicomdir).subarray(0, -10));
    await expect(readDicomdir(dicomdir)).rejects.toMatchObject({ code: 'dicom-io/malformed' });
  });
});

describe('the files that a DICOMDIR names', () => {
  it('are set aside where they are missing', async () => {
    const { folder, dicomdir } = disc(oneSeries('A', 'B', 'NO\\C'), ['A']);
    const directory = await readDicomdir(dicomdir);
    expect(filesOf(directory)).toEqual([join(folder, 'A')]);
    expect(directory.skipped.map(({ path, error }) => [path, error?.code])).toEqual([
      [join(folder, 'B'), 'dicom-io/missing-file'],
      [join(folder, 'NO/C'), 'dicom-io/missing-file'],
    ]);
  });

  it('are found in other case, unless two are alike', async () => {
    const { folder, dicomdir } = disc(oneSeries('DIR\\IM1', 'DIR\\IM2', 'DIR\\IM3'), [
      'dir/im1',
      'dir/IM2',
      'dir/im2',
      'dir/im3',
      'dir/Im3',
    ]);
    const directory = await readDicomdir(dicomdir);
    expect(filesOf(directory)).toEqual([join(folder, 'dir/im1'), join(folder, 'dir/IM2')]);
    expect(codesOf(directory)).toEqual(['dicom-io/missing-file']);
  });

  it.each([
    ['a step upwards', '..\\SECRET'],
    ['a step upwards further in', 'A\\..\\..\\SECRET'],
    ['an absolute path', '/etc/passwd'],
    ['an absolute path, component by component', '\\etc\\passwd'],
    ['a drive', 'C:\\SECRET'],
    ['a stream', 'A\\I1:SECRET'],
    ['a separator within a component', 'A/../../SECRET'],
    ['a separator that stays inside', 'A/I1'],
    ['a step to itself', '.\\A\\I1'],
    ['a link to a file elsewhere', 'LINK'],
    ['a link to a folder elsewhere', 'UP\\SECRET'],
    ['a link to a folder elsewhere, in other case', 'up\\secret'],
  ])('are never followed out of its folder: %s', async (_name, reference) => {
    const outer = newFolder();
    const folder = join(outer, 'disc');
    mkdirSync(join(folder, 'A'), { recursive: true });
    for (const file of ['SECRET', 'disc/A/I1', 'disc/A/I2']) writeFileSync(join(outer, file), sliceBytes({}));
    symlinkSync(join(outer, 'SECRET'), join(folder, 'LINK'));
    symlinkSync(outer, join(folder, 'UP'));
    writeFileSync(join(folder, 'DICOMDIR'), dicomdirBytes(oneSeries(reference, 'A\\I2')));
    const directory = await readDicomdir(join(folder, 'DICOMDIR'));
    expect(filesOf(directory)).toEqual([join(folder, 'A/I2')]);
    expect(directory.skipped).toMatchObject([
      { path: join(folder, 'DICOMDIR'), error: { code: 'dicom-io/unsafe-reference', where: `${join(folder, 'DICOMDIR')}, record 4` } },
    ]);
  });

  it('may be links within its folder, and are never folders, pipes or loops', async () => {
    const { folder, dicomdir } = disc(oneSeries('LINK', 'A', 'LOOP', 'PIPE'), ['A/I1']);
    symlinkSync(join('A', 'I1'), join(folder, 'LINK'));
    symlinkSync('LOOP', join(folder, 'LOOP'));
    spawnSync('mkfifo', [join(folder, 'PIPE')]);
    const directory = await readDicomdir(dicomdir);
    expect(filesOf(directory)).toEqual([join(folder, 'LINK')]);
    expect(codesOf(directory)).toEqual(['dicom-io/missing-file', 'dicom-io/missing-file', 'dicom-io/missing-file']);
  });
});

describe('the links of a DICOMDIR', () => {
  const files = ['A', 'B', 'C'];
  const read = async (change: (records: CraftedRecord[]) => CraftedRecord[], shift = 0) => {
    const { folder, dicomdir } = disc(change(oneSeries(...files)), files, shift);
    const directory = await readDicomdir(dicomdir);
    return { directory, names: filesOf(directory).map((file) => relative(folder, file)) };
  };
  const withLinks = (index: number, links: Partial<CraftedRecord>) => (records: CraftedRecord[]) =>
    records.map((record, i) => (i === index ? { ...record, ...links } : record));

  it.each([
    ['a record that is its own next', withLinks(5, { next: 5 }), 'already'],
    ['a record whose next is before it', withLinks(5, { next: 3 }), 'already'],
    ['a series whose images are itself', withLinks(3, { lower: 2 }), 'no record of the level'],
    ['an image that claims a study', withLinks(5, { lower: 1 }), 'no record of the level'],
    ['an image whose next is its patient', withLinks(5, { next: 0 }), 'no record of the level'],
    ['an offset into the middle of a record', withLinks(5, { next: '401' }), 'no record of the level'],
    ['an offset behind the end', withLinks(5, { next: '4294967295' }), 'no record of the level'],
  ])('may loop and lead nowhere: %s', async (_name, change, said) => {
    const { directory, names } = await read(change);
    expect(names).toEqual(files);
    expect(directory.patients).toHaveLength(1);
    expect(directory.irregularities).toEqual([expect.stringContaining(said)]);
    expect(directory.skipped).toEqual([]);
  });

  it('may stand in any order, and the root need not be told', async () => {
    const order = [5, 2, 0, 4, 1, 3]; // of the new file: which record stands there
    const { names, directory } = await read((records) =>
      order.map((from) => {
        const { next, lower, ...record } = records[from]!;
        const moved = (link: number | string | undefined) => (typeof link === 'number' ? order.indexOf(link) : link);
        return { ...record, next: moved(next), lower: moved(lower) };
      }),
    );
    expect(names).toEqual(files);
    expect(directory.irregularities).toEqual([]);
  });

  it('are done without where all are wrong and the records stand in order', async () => {
    const { names, directory } = await read((records) => records, 2);
    expect(names).toEqual(files);
    expect(directory.irregularities).toEqual([
      '3 links lead to no record of the level that they should',
      '5 records that no link leads to are placed by the order of the file',
    ]);
  });

  it('are not guessed where records stand in no order: images are set aside', async () => {
    const { names, directory } = await read((records) => [...records.slice(3), ...records.slice(0, 3)], 2);
    expect(names).toEqual([]);
    expect(codesOf(directory)).toEqual(['dicom-io/unlinked-record', 'dicom-io/unlinked-record', 'dicom-io/unlinked-record']);
  });

  it('are not guessed where records stand level by level', async () => {
    const [patient, study, series, a, b] = oneSeries('A', 'B') as [
      CraftedRecord,
      CraftedRecord,
      CraftedRecord,
      CraftedRecord,
      CraftedRecord,
    ];
    const { names, directory } = await read(() => linked([patient, study, study, series, series, a, b]), 2);
    expect(names).toEqual([]);
    expect(codesOf(directory)).toEqual(['dicom-io/unlinked-record', 'dicom-io/unlinked-record']);
  });

  it('are not guessed where others say that the order is another', async () => {
    const [patient, study, series, a, b] = oneSeries('A', 'B');
    const two = [
      patient!,
      study!,
      { ...series!, next: 4, lower: 5 },
      { ...a!, next: undefined },
      { ...series!, next: undefined, lower: undefined },
      b!,
    ];
    const { names, directory } = await read(() => two);
    expect(names).toEqual(['B']);
    expect(codesOf(directory)).toEqual(['dicom-io/unlinked-record']);
  });

  it('a study without a patient stands alone', async () => {
    const { names, directory } = await read((records) =>
      records.slice(1).map(({ next, lower, ...r }) => ({ ...r, next: less(next), lower: less(lower) })),
    );
    expect(names).toEqual(files);
    expect(directory.patients).toHaveLength(1);
  });
  const less = (link: number | string | undefined) => (typeof link === 'number' ? link - 1 : link);

  it('end on any bytes', async () => {
    const { dicomdir } = disc(oneSeries('A', 'B'), ['A', 'B']);
    const whole = readFileSync(dicomdir);
    const damage = fc.array(fc.tuple(fc.integer({ min: 330, max: whole.length - 1 }), fc.nat(255)), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, byte] of changes) bytes[at] = byte;
        writeFileSync(dicomdir, bytes);
        const result = await readDicomdir(dicomdir).catch((error: unknown) => error);
        expect(isMgmtError(result) || filesOf(result as Dicomdir).length <= 2).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

(hasPydicom ? describe : describe.skip)('a DICOMDIR of pydicom (needs python3 with pydicom)', () => {
  it('is read as it was made', async () => {
    const [source, folder] = [newFolder(), newFolder()];
    for (const seriesDescription of ['T1wCE', 'FLAIR']) {
      await writeSeries(join(source, seriesDescription), counted([3, 4, 5], identityAffine), { patientId: '00042', seriesDescription });
    }
    const script = `
import sys, pathlib, pydicom
from pydicom.fileset import FileSet
fs = FileSet()
for path in sorted(pathlib.Path(sys.argv[1]).rglob('*.dcm')):
    ds = pydicom.dcmread(path)
    ds.StudyDate, ds.StudyTime, ds.StudyID, ds.SeriesNumber = '20010101', '120000', '1', 1
    fs.add(ds)
fs.write(sys.argv[2])`;
    expect(spawnSync('python3', ['-c', script, source, folder], { encoding: 'utf8' })).toMatchObject({ status: 0 });
    const directory = await readDicomdir(join(folder, 'DICOMDIR'), { identifying: true });
    expect(directory.patients.map(({ identifying, studies }) => [identifying?.patientId, studies.length])).toEqual([['00042', 1]]);
    expect({ ...directory, patients: [] }).toEqual({ patients: [], skipped: [], irregularities: [] });
    const shapes = await Promise.all(seriesOf(directory).map(async ({ files }) => (await readSeries(files)).volume.shape));
    expect(shapes).toEqual([
      [3, 4, 5],
      [3, 4, 5],
    ]);
  });
});

(shared ? describe : describe.skip)('real DICOMDIRs (needs MGMT_SHARED_DATA)', () => {
  const real = join(shared ?? '', 'real/dicomdir');
  const onDisc = shared ? readdirSync(real, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()) : [];
  const images = onDisc.map((entry) => join(entry.parentPath, entry.name)).filter((path) => !path.endsWith('DICOMDIR'));

  it('lists the 17 images that are there, and the 14 that are not', async () => {
    const directory = await readDicomdir(join(real, 'DICOMDIR'));
    expect(filesOf(directory).sort()).toEqual(images.sort());
    expect(images).toHaveLength(17);
    expect(codesOf(directory)).toEqual(new Array(14).fill('dicom-io/missing-file'));
    expect(directory.irregularities).toEqual([]);
    expect(seriesOf(directory).map(({ modality, files }) => [modality, files.length])).toEqual(
      ['CR 0', 'CR 0', 'CR 0', 'CT 0', 'CT 0', 'CT 0', 'MR 1', 'MR 1', 'MR 1', 'MR 3', 'MR 1', 'MR 3', 'MR 7'].map((text) => [
        text.slice(0, 2),
        Number(text.slice(3)),
      ]),
    );
  });

  it('names no patient unless asked', async () => {
    const names = /Doe|Archibald|Peter|77654033|98890234|1\.3\.6/;
    const directory = await readDicomdir(join(real, 'DICOMDIR'));
    expect(JSON.stringify(directory.patients).replaceAll('98892003', '')).not.toMatch(names);
    expect(JSON.stringify((await readDicomdir(join(real, 'DICOMDIR'), { identifying: true })).patients)).toMatch(names);
  });

  it.each([
    ['DICOMDIR-reordered', []],
    ['DICOMDIR-nopatient', ['2 records that stand above studies do not say that they are of patients']],
  ])('says the same where its records are shuffled or misnamed: %s', async (name, irregularities) => {
    const folder = newFolder();
    cpSync(real, folder, { recursive: true });
    const config = { identifying: true };
    const meant = await readDicomdir(join(folder, 'DICOMDIR'), config);
    renameSync(join(folder, 'DICOMDIR'), join(folder, 'OLD'));
    cpSync(join(shared!, 'malformed/dicom', name), join(folder, 'DICOMDIR'));
    const directory = await readDicomdir(join(folder, 'DICOMDIR'), config);
    expect(directory.patients).toEqual(meant.patients);
    expect(directory.irregularities).toEqual(irregularities);
    expect(directory.skipped).toHaveLength(14);
  });
});
