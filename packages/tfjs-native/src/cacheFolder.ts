import { access, constants, mkdir, stat, statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { DISK_HINT, NativeError } from './nativeError.js';

/**
 * The folder that all projects of a user share, made when it is not there: `MGMT_NATIVE_CACHE`, else `mgmt/native` under
 * `XDG_CACHE_HOME` or `~/.cache`, else (a home that cannot be written to) `.cache/native` of the project.
 *
 * @throws `NativeError` `no-writable-cache`
 */
export async function cacheFolder(project: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const candidates = cacheCandidates(project, env);
  const reasons: string[] = [];
  for (const folder of candidates) {
    try {
      await makeFolder(folder);
      await access(folder, constants.W_OK);
      return folder;
    } catch (error) {
      reasons.push((error as Error).message);
    }
  }
  throw new NativeError('no-writable-cache', 'no folder to keep TensorFlow in can be written to', {
    where: candidates.join(', '),
    found: reasons.join('; '),
    hint: 'let MGMT_NATIVE_CACHE name a folder that you may write to',
  });
}

/** As `mkdir` with `recursive`, which never ends where a folder says that it is not there when something is to be made in it (autofs, /proc). */
async function makeFolder(folder: string): Promise<void> {
  if (await stat(folder).catch(() => undefined)) return;
  if (dirname(folder) !== folder) await makeFolder(dirname(folder));
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error; // another process made it
  });
}

/** Where `cacheFolder` looks, best first. */
export function cacheCandidates(project: string, env: NodeJS.ProcessEnv): readonly string[] {
  const named = env['MGMT_NATIVE_CACHE'];
  if (named) return [resolve(named)]; // a wish is no suggestion: where it fails, it says so
  return [join(env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache'), 'mgmt', 'native'), join(project, '.cache', 'native')];
}

/** @throws `NativeError` `disk-full` when the disk that holds `folder` has less than `neededBytes` free for this user */
export async function checkSpace(folder: string, neededBytes: number, what: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= neededBytes) return;
  throw new NativeError('disk-full', `no room for ${what}`, {
    where: folder,
    expected: `${megabytes(neededBytes)} free`,
    found: megabytes(free),
    hint: DISK_HINT,
  });
}

export function megabytes(bytes: number): string {
  return bytes < 10_000_000 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;
}
