import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { MgmtError } from './error.js';

/**
 * Writes a file so that a reader, or the next start after a crash, finds the old content or the new one, never a part: to a temporary name in the
 * same folder, flushed to the disk, then renamed. Folders on the way are made.
 *
 * @param content - several pieces are written one after the other, each asked for when the one before is written
 * @param options - `flush`: false leaves it to the system when the content reaches the disk. After a loss of power the file may then be short: for content
 * that can be made again, by who compares its size
 * @throws `MgmtError` `core/cannot-write` with the system's reason, or what the pieces themselves throw; the old file is untouched and the temporary
 * one is gone
 */
export async function writeFileAtomic(
  path: string,
  content: string | Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  { flush = true }: { readonly flush?: boolean } = {},
): Promise<void> {
  const pieces = typeof content === 'string' || ArrayBuffer.isView(content) ? [content as string | Uint8Array] : content;
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.${counter++}.tmp`);
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, 'w');
    try {
      for await (const piece of pieces) await file.writeFile(piece);
      if (flush) await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw (cause as NodeJS.ErrnoException).syscall === undefined ? cause : cannotWrite(path, cause); // else a piece could not be made
  }
}

/** The error of a file that the system did not let be written, with what can be done about it. */
export function cannotWrite(path: string, cause: unknown): MgmtError {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  const [reason, hint] = REASONS[code] ?? [code, 'name another folder'];
  return new MgmtError(`the file cannot be written (${reason})`, { code: 'core/cannot-write', where: path, hint, cause });
}

let counter = 0;

const REASONS: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  ENOSPC: ['the disk is full', 'free some space, then give the same command again'],
  EDQUOT: ['the quota is used up', 'free some space, then give the same command again'],
  EACCES: ['no permission', 'name a folder that you may write to'],
  EPERM: ['no permission', 'name a folder that you may write to'],
  EROFS: ['the file system is read-only', 'name a folder elsewhere'],
  ENOTDIR: ['a file stands where a folder should be', 'name another folder'],
  EEXIST: ['a file stands where a folder should be', 'name another folder'],
};
