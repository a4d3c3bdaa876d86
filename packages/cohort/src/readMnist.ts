import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MgmtError } from '@mgmt/core';
import { decodeIdx, type IdxArray } from './idx.js';
import { listed, namesIn } from './folder.js';

/** Handwritten digits. */
export interface Digits {
  /** `[count, rows, columns]` in C order, 0 is paper and 255 ink. */
  readonly images: Uint8Array;
  /** `[count]`, 0 to 9. */
  readonly labels: Uint8Array;
  readonly shape: readonly [count: number, rows: number, columns: number];
}

/** What there is of MNIST in a folder. */
export interface Mnist {
  /** 60,000 where the files are the published ones. */
  readonly train?: Digits;
  /** 10,000. */
  readonly test?: Digits;
}

/**
 * The handwritten digits in a folder: `train-images-idx3-ubyte`, `train-labels-idx1-ubyte` and the two of `t10k`, each with `.gz` or without, or with a
 * point before `idx` as some archives unpack them. One pair is enough.
 *
 * @throws `MgmtError` `cohort/no-mnist` where neither pair is there, `cohort/half-of-mnist` for images without labels or labels without images,
 * `cohort/mnist-mismatch` where their counts disagree, `cohort/bad-mnist` for other extents and for a label above 9, those of `decodeIdx`,
 * `cohort/no-such-folder`, `cohort/not-a-folder`, `cohort/cannot-read`
 * @example
 * const { test } = await readMnist('data/mnist');
 * test?.shape; // [10000, 28, 28]
 */
export async function readMnist(folder: string): Promise<Mnist> {
  const names = await namesIn(folder);
  const [train, test] = [await digits(folder, names, 'train'), await digits(folder, names, 't10k')];
  if (!train && !test) {
    throw new MgmtError('the folder holds no MNIST', {
      code: 'cohort/no-mnist',
      where: folder,
      expected: 'train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz, or the two of t10k',
      found: listed(names) || 'nothing',
      hint: 'put the four files of MNIST there, packed or not',
    });
  }
  return { ...(train && { train }), ...(test && { test }) };
}

async function digits(folder: string, names: readonly string[], set: 'train' | 't10k'): Promise<Digits | undefined> {
  const imagesName = nameOf(names, `${set}-images`, 'idx3-ubyte');
  const labelsName = nameOf(names, `${set}-labels`, 'idx1-ubyte');
  if (!imagesName && !labelsName) return undefined;
  if (!imagesName || !labelsName) {
    throw new MgmtError('images and labels are of use only together', {
      code: 'cohort/half-of-mnist',
      where: folder,
      expected: `${set}-images-idx3-ubyte and ${set}-labels-idx1-ubyte, packed or not`,
      found: (imagesName ?? labelsName)!,
      hint: 'fetch the other file, or move this one away',
    });
  }
  const images = await readIdx(join(folder, imagesName));
  const labels = await readIdx(join(folder, labelsName));
  if (images.shape.length !== 3) throw badMnist(join(folder, imagesName), 'images have three extents', 'count x rows x columns', images);
  if (labels.shape.length !== 1) throw badMnist(join(folder, labelsName), 'labels have one extent', 'the count', labels);
  const [count, rows, columns] = images.shape as readonly [number, number, number];
  if (labels.shape[0] !== count) {
    throw new MgmtError('there are not as many labels as images', {
      code: 'cohort/mnist-mismatch',
      where: join(folder, labelsName),
      expected: `${count}, as in ${imagesName}`,
      found: String(labels.shape[0]),
      hint: 'the files are of two data sets; fetch both again',
    });
  }
  const odd = labels.data.findIndex((label) => label > 9);
  if (odd >= 0) {
    throw new MgmtError('a label is no digit', {
      code: 'cohort/bad-mnist',
      where: `${join(folder, labelsName)}, label ${odd}`,
      expected: '0 to 9',
      found: String(labels.data[odd]),
    });
  }
  return { images: images.data, labels: labels.data, shape: [count, rows, columns] };
}

const nameOf = (names: readonly string[], what: string, kind: string) =>
  [`${what}-${kind}`, `${what}.${kind}`].flatMap((name) => [name, `${name}.gz`]).find((name) => names.includes(name));

async function readIdx(path: string): Promise<IdxArray> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new MgmtError(`the file cannot be read (${cause.code})`, {
      code: 'cohort/cannot-read',
      where: path,
      hint: 'check its permissions',
      cause,
    });
  });
  return decodeIdx(bytes, path);
}

const badMnist = (where: string, sentence: string, expected: string, { shape }: IdxArray) =>
  new MgmtError(sentence, { code: 'cohort/bad-mnist', where, expected, found: shape.join(' x ') });
