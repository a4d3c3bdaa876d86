import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MgmtError } from '@mgmt/core';
import type { Skipped } from './skipped.js';

/** Where images lie: a folder, with all that is below it; one file; or a list of files and folders. */
export type Source = string | readonly string[];

/** A source for people. */
export const describeSource = (source: Source): string =>
  typeof source === 'string' ? source : `${source[0] ?? 'no path'}${source.length > 1 ? ` and ${source.length - 1} more` : ''}`;

/**
 * The regular files of a source, those of folders in the order of their names. Links are followed, each folder is entered once; pipes, sockets and devices
 * are skipped without being opened, since reading them could wait forever.
 *
 * @throws `MgmtError` `dicom-io/no-such-folder`
 */
export async function listFiles(source: Source): Promise<{ files: string[]; skipped: Skipped[] }> {
  const files: string[] = [];
  const skipped: Skipped[] = [];
  const entered = new Set<string>();

  const enter = async (path: string): Promise<void> => {
    const { dev, ino } = await stat(path);
    if (entered.has(`${dev}:${ino}`)) {
      skipped.push({ path, reason: 'a link to a folder that is already read' });
      return;
    }
    entered.add(`${dev}:${ino}`);
    const entries = await readdir(path, { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) await visit(join(path, entry.name), entry);
  };

  const visit = async (path: string, entry: Dirent): Promise<void> => {
    try {
      const target = entry.isSymbolicLink() ? await stat(path) : entry;
      if (target.isDirectory()) await enter(path);
      else if (target.isFile()) files.push(path);
      else skipped.push({ path, reason: 'neither a file nor a folder' });
    } catch (error) {
      skipped.push({ path, reason: `cannot be opened (${reasonOf(error)})` });
    }
  };

  for (const path of typeof source === 'string' ? [source] : source) {
    try {
      if ((await stat(path)).isDirectory()) await enter(path);
      else files.push(path);
    } catch (cause) {
      throw new MgmtError('the folder cannot be read', {
        code: 'dicom-io/no-such-folder',
        where: path,
        expected: 'a folder of DICOM files, or such a file',
        found: reasonOf(cause),
        hint: 'check the path',
        cause,
      });
    }
  }
  return { files, skipped };
}

/** What the system says, without the path, which is told beside it. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  return (code && REASONS[code]) ?? code ?? 'unknown';
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is nothing of that name',
  ENOTDIR: 'it is a file',
  EACCES: 'no permission',
  EPERM: 'no permission',
  ELOOP: 'a link that leads to itself',
  EIO: 'the disk cannot be read',
};
