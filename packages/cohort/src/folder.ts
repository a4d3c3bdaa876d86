import { readdir, stat } from 'node:fs/promises';
import { isMgmtError, MgmtError } from '@mgmt/core';

/**
 * Names of what a folder holds, in order, without hidden ones.
 *
 * @param layout - what the folder should be, for whoever named a file instead
 * @throws `MgmtError` `cohort/no-such-folder`, `cohort/not-a-folder`, `cohort/cannot-read`
 */
export async function namesIn(folder: string, layout = 'name the folder that it lies in'): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const error = (name: string, sentence: string, hint: string) =>
      new MgmtError(sentence, { code: `cohort/${name}`, where: folder, hint, cause });
    if (code === 'ENOENT') throw error('no-such-folder', 'there is no such folder', 'check the path');
    if (code === 'ENOTDIR') throw error('not-a-folder', 'this is a file, not a folder', layout);
    throw error('cannot-read', `the folder cannot be read (${code})`, 'check its permissions');
  }
}

/** {@link namesIn}, for one folder of many: that it cannot be read is a result, and stops nothing. */
export async function namesOrError(folder: string): Promise<string[] | MgmtError> {
  return namesIn(folder).catch((error: unknown) => {
    if (isMgmtError(error)) return error;
    throw error;
  });
}

/** True where the path is a folder that can be seen. */
export async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

/** The first of some names, and how many more there are. */
export const listed = (names: readonly string[]): string =>
  names.length > 4 ? `${names.slice(0, 4).join(', ')} and ${names.length - 4} more` : names.join(', ');
