import { createHash } from 'node:crypto';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { MgmtError } from '@mgmt/core';

/** What a series' files look like from outside. */
export interface SeriesFingerprint {
  /** Hexadecimal, 64 digits. */
  readonly hash: string;
  readonly files: number;
  readonly sizeBytes: number;
}

/**
 * A mark of a folder of files, or of one file, that is cheap to take and notices changed files: names, sizes and times of change, with the first KiB of the first file.
 *
 * The KiB holds DICOM's unique identifiers, so two series of equal names, sizes and times, as some archives unpack them, are told apart. The folder's own
 * place takes no part: a data set that is moved keeps its marks; copied with new times it gets others.
 *
 * @throws `MgmtError` `cohort/cannot-read-series`
 */
export async function seriesFingerprint(path: string): Promise<SeriesFingerprint> {
  try {
    const folder = (await stat(path)).isDirectory() ? path : dirname(path);
    const names = folder === path ? (await readdir(folder, { recursive: true })).sort() : await filesOfImage(path);
    const facts = await Promise.all(names.map(async (name) => ({ name, facts: await stat(join(folder, name)) })));
    const files = facts.filter(({ facts }) => facts.isFile());
    const hash = createHash('sha256');
    for (const { name, facts } of files) hash.update(`${name}\0${facts.size}\0${Math.floor(facts.mtimeMs)}\n`);
    if (files[0]) hash.update(await firstKib(join(folder, files[0].name)));
    return { hash: hash.digest('hex'), files: files.length, sizeBytes: files.reduce((sum, { facts }) => sum + facts.size, 0) };
  } catch (cause) {
    const { code, path: where } = cause as NodeJS.ErrnoException;
    throw new MgmtError(`the series cannot be read (${code})`, {
      code: 'cohort/cannot-read-series',
      where: where ?? path,
      hint: 'check that the folder is whole and may be read',
      cause,
    });
  }
}

/** The names of the files that a NIfTI image is in: itself, and the other half of a pair. */
async function filesOfImage(path: string): Promise<string[]> {
  const half = /^(.*)\.(hdr|img)(\.gz)?$/i.exec(basename(path));
  if (!half) return [basename(path)];
  const names = await readdir(dirname(path));
  return names.filter((name) => name.startsWith(`${half[1]}.`) && /\.(hdr|img)(\.gz)?$/i.test(name)).sort();
}

async function firstKib(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(1024), 0, 1024, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
