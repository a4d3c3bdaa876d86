import { cp, mkdir, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Volume, volume } from '@mgmt/core';
import { readSeries, writeSeries } from '@mgmt/dicom-io';
import { readNifti, writeNifti } from '@mgmt/nifti-io';

/** What may befall files on their way to a disk and on it: the code with which a preparation sets the case aside, and the deed. */
export type Damage = readonly [code: string, (path: string) => Promise<unknown>];

/** Of a folder of DICOM files as `writeSeries` leaves it. */
export const SERIES_DAMAGES: Readonly<Record<string, Damage>> = {
  'a series that is missing': ['cohort/no-such-series', (folder) => rm(folder, { recursive: true })],
  'an empty folder': ['dicom-io/empty-folder', (folder) => rm(folder, { recursive: true }).then(() => mkdir(folder))],
  'a folder of other files': [
    'dicom-io/empty-folder',
    async (folder) => {
      for (const file of await filesIn(folder)) await writeFile(file, 'moved to the archive');
    },
  ],
  'a header of noise': ['dicom-io/malformed', async (folder) => writeFile((await filesIn(folder))[2]!, 'DICM no more'.padStart(140))],
  'a header that is cut short': ['dicom-io/no-pixel-data', async (folder) => truncate((await filesIn(folder))[2]!, 700)],
  'pixels that are cut short': [
    'dicom-io/truncated-pixel-data',
    async (folder) => edit((await filesIn(folder))[2]!, (bytes) => bytes.subarray(0, -4)),
  ],
  'an unknown compression': [
    'dicom-io/unsupported-transfer-syntax',
    (folder) => editAll(folder, (bytes) => replaced(bytes, '1.2.840.10008.1.2.1\0', '1.2.840.10008.1.2.9\0')),
  ],
  'images in color': ['dicom-io/color', (folder) => editAll(folder, (bytes) => replaced(bytes, 'MONOCHROME2 ', 'RGB         '))],
  'a dark series': [
    'cohort/dark-series',
    (folder) => rewritten(folder, (head) => volume(new Int16Array(head.data.length), head.shape, head.affine)),
  ],
  'a slice that is missing': ['dicom-io/irregular-slices', async (folder) => rm(inside(await slicesOf(folder)))],
  'a slice that lies elsewhere': [
    'dicom-io/irregular-slices',
    async (folder) => edit(inside(await slicesOf(folder)), (bytes) => bytes.fill('9', positionIn(bytes), positionIn(bytes) + 1)),
  ],
  'a slice that is a link to nothing': [
    'cohort/cannot-read-series',
    async (folder) => {
      const slice = inside(await slicesOf(folder));
      await rm(slice);
      await symlink('gone', slice);
    },
  ],
  'two volumes in one folder': [
    'dicom-io/several-volumes',
    async (folder) => {
      const { volume: head } = await readSeries(folder);
      await writeSeries(folder, head, { patientId: 'b', seriesDescription: 'again', fileName: (k) => `again-${k}.dcm` });
    },
  ],
  'one slice that stands twice, with other voxels': [
    'dicom-io/conflicting-copies',
    async (folder) => {
      const [slice] = await filesIn(folder);
      await cp(slice!, join(folder, 'copy.dcm'));
      await edit(join(folder, 'copy.dcm'), (bytes) => bytes.fill(1, bytes.length - 4));
    },
  ],
};

/** Of a NIfTI file of a mask as `writeNifti` leaves it. */
export const MASK_DAMAGES: Readonly<Record<string, Damage>> = {
  'a mask that is cut short': ['nifti-io/bad-gzip', (path) => edit(path, (bytes) => bytes.subarray(0, -12))],
  'a mask that is no image': ['nifti-io/not-nifti', (path) => writeFile(path, 'no image')],
  'a label of another year': [
    'cohort/bad-mask-label',
    (path) => remade(path, ({ data }) => data.map((label) => (label === 4 ? 3 : label))),
  ],
  'a mask without tumor': ['preprocess/empty-mask', (path) => remade(path, ({ data }) => data.map(() => 0))],
  'a mask beside the brain': [
    'preprocess/no-overlap',
    async (path) => {
      const { data, shape, affine } = await readNifti(path);
      const [[a, b, c, left], ...rest] = affine;
      await writeNifti(path, volume(data, shape, [[a, b, c, left + 400], ...rest]));
    },
  ],
};

const filesIn = async (folder: string) => (await readdir(folder)).sort().map((name) => join(folder, name));
const slicesOf = async (folder: string) => (await readSeries(folder)).files;
const inside = (slices: readonly string[]) => slices[slices.length >> 1]!;

/** Where the text of Image Position (Patient) begins. */
const positionIn = (bytes: Buffer) => bytes.indexOf(Buffer.from([0x20, 0, 0x32, 0, 0x44, 0x53])) + 8;

const edit = async (path: string, change: (bytes: Buffer) => Uint8Array) => writeFile(path, change(await readFile(path)));

async function editAll(folder: string, change: (bytes: Buffer) => Uint8Array): Promise<void> {
  for (const file of await filesIn(folder)) await edit(file, change);
}

function replaced(bytes: Buffer, text: string, other: string): Buffer {
  bytes.write(other, bytes.indexOf(text), 'latin1');
  return bytes;
}

async function rewritten(folder: string, change: (head: Volume) => Volume): Promise<void> {
  const { volume: head } = await readSeries(folder);
  await rm(folder, { recursive: true });
  await writeSeries(folder, change(head), { patientId: 'a', seriesDescription: 'again' });
}

async function remade(path: string, change: (mask: Volume) => Volume['data']): Promise<void> {
  const mask = await readNifti(path);
  await writeNifti(path, volume(change(mask), mask.shape, mask.affine));
}
