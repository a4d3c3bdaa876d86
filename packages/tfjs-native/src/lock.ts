import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NativeError } from './nativeError.js';

/** Who holds the lock. `place` names the machine since its start and its space of process ids: only there does `pid` mean something. */
interface Owner {
  readonly id: string;
  readonly pid: number;
  readonly started: string;
  readonly place: string;
}

export interface LockOptions {
  /** How long to wait for another owner; the default outlasts a slow download of the CUDA wheels. */
  readonly timeoutMs?: number;
  /** Called once, when there is somebody to wait for. */
  readonly onWait?: (owner: string) => void;
}

const BEAT_MS = 5_000;
const SILENCE_MS = 60_000; // of an owner in another place, whose process cannot be looked up

/**
 * Runs `work` while no other process does so under the same folder's lock.
 *
 * The lock is a folder that comes into being by one rename, with its owner's name already in it. One whose owner is dead is taken over:
 * it is renamed to a name made of that owner's id, which only one process can do, however many judge it dead at once.
 *
 * @param folder - must exist and be writable; the lock is `.lock` in it
 * @throws `NativeError` `locked` when a living owner did not let go in time
 */
export async function withLock<T>(folder: string, work: () => Promise<T>, options: LockOptions = {}): Promise<T> {
  const lock = join(folder, '.lock');
  const me: Owner = { id: randomUUID(), pid: process.pid, started: startOf(process.pid) ?? '', place: PLACE };
  await acquire(folder, lock, me, options);
  const heart = setInterval(() => void utimes(join(lock, 'owner.json'), new Date(), new Date()).catch(() => {}), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(heart);
    if ((await ownerOf(lock))?.id === me.id) await discard(lock, join(folder, `.lock-done-${me.id}`));
  }
}

async function acquire(folder: string, lock: string, me: Owner, { timeoutMs = 3_600_000, onWait }: LockOptions): Promise<void> {
  const mine = join(folder, `.lock-new-${me.id}`);
  await mkdir(mine);
  await writeFile(join(mine, 'owner.json'), JSON.stringify(me));
  const deadline = Date.now() + timeoutMs;
  let told = false;
  try {
    for (;;) {
      if (await renamed(mine, lock)) break;
      const owner = await ownerOf(lock);
      if (owner && (await isDead(lock, owner))) {
        await renamed(lock, join(folder, `.lock-dead-${owner.id}`)); // the tombstone stays, so that nobody buries a successor
        continue;
      }
      if (owner && !told) onWait?.(`process ${owner.pid}`);
      told ||= owner !== undefined; // none: let go between the two calls
      if (Date.now() > deadline) {
        throw new NativeError('locked', `${owner ? `process ${owner.pid}` : 'somebody'} has been at work here for too long`, {
          where: lock,
          hint: 'wait for it, or end it; when it is certain that nobody works there, remove that folder',
        });
      }
      await sleep(100);
    }
  } catch (error) {
    await rm(mine, { recursive: true, force: true });
    throw error;
  }
  await sweep(folder);
}

/** Renames a folder; false where the target is there already (or the source no longer is). */
async function renamed(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOENT') return false;
    throw error;
  }
}

async function discard(lock: string, aside: string): Promise<void> {
  if (await renamed(lock, aside)) await rm(aside, { recursive: true, force: true });
}

async function ownerOf(lock: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(join(lock, 'owner.json'), 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

async function isDead(lock: string, owner: Owner): Promise<boolean> {
  if (owner.place === PLACE) return startOf(owner.pid) !== owner.started;
  const beat = await stat(join(lock, 'owner.json')).catch(() => undefined);
  return beat !== undefined && Date.now() - beat.mtimeMs > SILENCE_MS;
}

/** Removes what dead processes left beside the lock. Tombstones are kept for an hour: as long as a judgement may take to be carried out. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!/^\.lock-(dead|new|done)-/.test(name)) continue;
    const path = join(folder, name);
    const made = await stat(path).catch(() => undefined);
    if (made && Date.now() - made.ctimeMs > 3_600_000) await rm(path, { recursive: true, force: true });
  }
}

/** When a process started, in ticks since boot; undefined when there is no such process. A process id alone may have been given anew. */
function startOf(pid: number): string | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return line.slice(line.lastIndexOf(')') + 2).split(' ')[19]; // field 22 of proc(5); the name in parentheses may hold spaces
  } catch {
    return undefined;
  }
}

const PLACE = [
  hostname(),
  read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
  read(() => readlinkSync('/proc/self/ns/pid')),
].join(' ');

function read(source: () => string): string {
  try {
    return source();
  } catch {
    return '';
  }
}
