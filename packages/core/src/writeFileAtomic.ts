import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { MgmtError } from './error.js';

/**
 * Writes a file so that a reader, or the next start after a crash, finds the old content or the new one, never a part: to a temporary name in the
 * same folder, flushed to the disk, then renamed. Folders on the way are made.
 *
 * @throws `MgmtError` `core/cannot-write` with the system's reason; the old file is untouched and the temporary one is gone
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.${counter++}.tmp`);
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new MgmtError(`the file cannot be written (${REASONS[reason] ?? reason})`, {
      code: 'core/cannot-write',
      where: path,
      hint: 'free some space or name another folder, then run the same command again',
      cause,
    });
  }
}

let counter = 0;

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a file stands where a folder should be',
};
