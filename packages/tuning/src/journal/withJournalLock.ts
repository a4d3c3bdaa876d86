import { randomUUID } from 'node:crypto';
import { link, lstat, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { cannotWrite } from '@mgmt/core/files';
import { hasEnded, workerId } from './workerId.js';

/**
 * Does something while no other process writes to a journal.
 *
 * The lock is a file `<journal>.lock` that only one can make: Optuna's `JournalFileOpenLock`, which also shuts out its `JournalFileSymlinkLock`, a
 * symbolic link of that name. In it stands who has it; that of a process that has ended is taken at once, any other when it was held for the grace
 * period, Optuna's 30 s by default.
 *
 * @throws `MgmtError` `core/cannot-write`
 */
export async function withJournalLock<T>(path: string, work: () => Promise<T>, { graceMs = 30_000 } = {}): Promise<T> {
  const lock = `${path}.lock`;
  const mine = `${workerId()} ${randomUUID()}`;
  await acquire(lock, mine, graceMs);
  try {
    return await work();
  } finally {
    if ((await lookAt(lock))?.holder === mine) await unlink(lock).catch(() => undefined); // else it was taken from us
  }
}

async function acquire(lock: string, mine: string, graceMs: number): Promise<void> {
  let seen = '';
  let since = 0;
  for (let waitMs = 1; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
    if (await make(lock, mine)) return;
    const found = await lookAt(lock);
    if (!found) continue; // just released
    if (found.identity !== seen) [seen, since] = [found.identity, performance.now()];
    if (hasEnded(found.holder.split(' ')[0]!) || performance.now() - since > graceMs) await take(lock, found.identity);
    else await setTimeout(waitMs);
  }
}

async function make(lock: string, mine: string): Promise<boolean> {
  try {
    await writeFile(lock, mine, { flag: 'wx' });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cannotWrite(lock, cause);
  }
}

/** Removes a lock that nobody will release, unless another has removed it meanwhile and has its own there, which is given back. */
async function take(lock: string, identity: string): Promise<void> {
  const taken = `${lock}${randomUUID()}.rename`;
  try {
    await rename(lock, taken);
  } catch {
    return;
  }
  if ((await lookAt(taken))?.identity !== identity) await link(taken, lock).catch(() => undefined);
  await unlink(taken);
}

async function lookAt(lock: string): Promise<{ readonly holder: string; readonly identity: string } | undefined> {
  try {
    const { mtimeNs, ino } = await lstat(lock, { bigint: true });
    const holder = await readFile(lock, 'utf8').catch(() => ''); // a link of Optuna's leads to the journal itself, or nowhere
    return { holder: holder.slice(0, HOLDER_LENGTH), identity: `${ino} ${mtimeNs}` };
  } catch {
    return undefined;
  }
}

const LONGEST_WAIT_MS = 50;
const HOLDER_LENGTH = 200;
