import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readMnist } from '../src/index.js';
import { emptyFolder } from './folders.js';
import { idxBytes } from './idxBytes.js';

const published = join(process.env['MGMT_SHARED_DATA'] ?? '', 'mnist');
const hasMnist = Boolean(process.env['MGMT_SHARED_DATA']) && existsSync(published);

const images = (count: number) =>
  idxBytes(
    [count, 2, 2],
    Array.from({ length: 4 * count }, (_, i) => i),
  );
const labels = (...of: readonly number[]) => idxBytes([of.length], of);

async function folderOf(files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const folder = await emptyFolder();
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
  return folder;
}

describe('readMnist', () => {
  it('reads all four files', async () => {
    const folder = await folderOf({
      'train-images-idx3-ubyte.gz': gzipSync(images(3)),
      'train-labels-idx1-ubyte.gz': gzipSync(labels(7, 0, 9)),
      't10k-images.idx3-ubyte': images(1),
      't10k-labels-idx1-ubyte': labels(5),
    });
    const { train, test } = await readMnist(folder);
    expect(train?.shape).toEqual([3, 2, 2]);
    expect([...train!.labels]).toEqual([7, 0, 9]);
    expect([...train!.images]).toEqual(Array.from({ length: 12 }, (_, i) => i));
    expect([...test!.labels]).toEqual([5]);
  });

  it.each<[string, Readonly<Record<string, Uint8Array>>, string, RegExp]>([
    ['an empty folder', {}, 'no-mnist', /found nothing/],
    [
      'images without labels',
      { 't10k-images-idx3-ubyte': images(1) },
      'half-of-mnist',
      /expected t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte/,
    ],
    ['labels without images', { 'train-labels-idx1-ubyte': labels(1) }, 'half-of-mnist', /found train-labels-idx1-ubyte/],
    [
      'counts that disagree',
      { 't10k-images-idx3-ubyte': images(3), 't10k-labels-idx1-ubyte': labels(1, 2) },
      'mnist-mismatch',
      /t10k-labels-idx1-ubyte: there are not as many labels as images\n {2}expected 3, as in t10k-images-idx3-ubyte, found 2/,
    ],
    [
      'a label that is no digit',
      { 't10k-images-idx3-ubyte': images(2), 't10k-labels-idx1-ubyte': labels(1, 10) },
      'bad-mnist',
      /label 1: .*\n.*found 10/,
    ],
    [
      'labels in the place of images',
      { 't10k-images-idx3-ubyte': labels(1), 't10k-labels-idx1-ubyte': labels(1) },
      'bad-mnist',
      /three extents/,
    ],
    [
      'images in the place of labels',
      { 't10k-images-idx3-ubyte': images(1), 't10k-labels-idx1-ubyte': images(1) },
      'bad-mnist',
      /one extent/,
    ],
    [
      'a file that is cut short',
      { 't10k-images-idx3-ubyte': images(3).subarray(0, 20), 't10k-labels-idx1-ubyte': labels(1, 2, 3) },
      'truncated-idx',
      /t10k-images-idx3-ubyte: the values end at byte 20/,
    ],
  ])('refuses %s', async (_name, files, code, message) => {
    const folder = await folderOf(files);
    await expect(readMnist(folder)).rejects.toThrow(message);
    await expect(readMnist(folder)).rejects.toMatchObject({ code: `cohort/${code}` });
  });

  (hasMnist ? it : it.skip)('reads the published test set (needs MGMT_SHARED_DATA)', async () => {
    const { train, test } = await readMnist(published);
    expect(train).toBeUndefined();
    expect(test!.shape).toEqual([10_000, 28, 28]);
    expect([...test!.labels.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
    const counts = Array.from({ length: 10 }, (_, digit) => test!.labels.filter((label) => label === digit).length);
    expect(counts).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]); // as published
  });
});
