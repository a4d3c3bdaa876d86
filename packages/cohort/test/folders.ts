import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { rng, type Volume, volume } from '@mgmt/core';
import { writeSeries } from '@mgmt/dicom-io';

/** A new empty folder, gone after the tests of the file. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cohort-'));
  made.push(folder);
  return folder;
}

const made: string[] = [];
afterAll(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))));

/** Writes files of text; a name that ends in a slash is an empty folder. */
export async function write(root: string, files: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    await mkdir(name.endsWith('/') ? path : dirname(path), { recursive: true });
    if (!name.endsWith('/')) await writeFile(path, content);
  }
  return root;
}

/** A data set of these labeled and unlabeled cases, whose series are empty folders. */
export async function dataSet(labels: Readonly<Record<string, number>>, test: readonly string[] = []): Promise<string> {
  const rows = Object.entries(labels).map(([id, label]) => `${id},${label}\n`);
  return write(await emptyFolder(), {
    'train_labels.csv': 'BraTS21ID,MGMT_value\n' + rows.join(''),
    ...Object.fromEntries(Object.keys(labels).map((id) => [`train/${id}/T1wCE/`, ''])),
    ...Object.fromEntries(test.map((id) => [`test/${id}/T1wCE/`, ''])),
  });
}

/** Noise in a box of zeros, coronal, different for every seed. */
export function smallHead(seed: number): Volume<Int16Array> {
  const noise = rng(seed);
  const head = volume(
    new Int16Array(9 * 8 * 7),
    [9, 8, 7],
    [
      [2, 0, 0, -7],
      [0, 0, 3, -12],
      [0, -2.5, 0, 10],
      [0, 0, 0, 1],
    ],
  );
  for (let k = 1; k < 8; k++)
    for (let j = 1; j < 7; j++) for (let i = 1; i < 6; i++) head.data[(k * 8 + j) * 7 + i] = noise.integer(1, 999);
  return head;
}

/** Writes a series of {@link smallHead}. */
export const writeHead = (folder: string, seed: number, patientId = String(seed)): Promise<string[]> =>
  writeSeries(folder, smallHead(seed), { patientId, seriesDescription: 'T1wCE' });
