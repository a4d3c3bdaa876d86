import { readdir, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { MgmtError } from '@mgmt/core';
import { writeFileAtomic } from '@mgmt/core/files';
import { makeFolder } from './makeFolder.js';

/** The right to write into a run folder. */
export interface RunLock {
  readonly folder: string;
  /** Gives the right back. */
  release(): Promise<void>;
}

/**
 * Takes a run folder for this process, or says who has it. The lock of a process that is no more is swept away.
 *
 * Every process writes a file of its own first and looks around afterwards, so of two that come at once the later to look sees the other; where both
 * do, both step back and try again. Nobody ever removes a living process's file.
 *
 * @param folder - is made where it is missing
 * @throws `MgmtError` `training/run-locked` with process, host and time of the holder. One on another host is taken for alive. `core/cannot-write`
 */
export async function lockRun(folder: string): Promise<RunLock> {
  await makeFolder(folder);
  const holder: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString(), start: await startOf(process.pid) };
  const name = `lock.${holder.host}.${holder.pid}.${counter++}.json`;
  for (let attempt = 0; ; attempt++) {
    await writeFileAtomic(join(folder, name), JSON.stringify(holder));
    const other = await otherHolder(folder, name);
    if (!other) return { folder, release: () => rm(join(folder, name), { force: true }) };
    await rm(join(folder, name), { force: true });
    if (attempt === ATTEMPTS) throw locked(folder, other);
    await setTimeout(10 + 10 * ((process.pid + attempt * 7) % 11)); // two that see each other part here
  }
}

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
  /** When the process began, as its system counts, so that a later process of the same number is told apart; empty where that cannot be known. */
  readonly start: string;
}

const ATTEMPTS = 3;

let counter = 0;

async function otherHolder(folder: string, own: string): Promise<Holder | undefined> {
  for (const name of await readdir(folder)) {
    if (name === own || !/^lock\..*\.json$/.test(name)) continue;
    const holder = await readHolder(join(folder, name));
    if (holder && (await isAlive(holder))) return holder;
    await rm(join(folder, name), { force: true });
  }
  return undefined;
}

/** Nobody where the lock was released meanwhile, or where a loss of power has left it empty. */
async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

async function isAlive({ pid, host, start }: Holder): Promise<boolean> {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return start === '' || (await startOf(pid)) === start;
}

/** The boot's id and the clock ticks from it to the process's start (Linux, proc(5): fields 3 and 22 of stat). Nothing for a zombie. */
async function startOf(pid: number): Promise<string> {
  const files = ['/proc/sys/kernel/random/boot_id', `/proc/${pid}/stat`].map((path) => readFile(path, 'utf8').catch(() => ''));
  const [boot, stat] = (await Promise.all(files)) as [string, string];
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // from the third on: the command before ')' may hold blanks
  return fields[0] === 'Z' || fields[19] === undefined ? '' : `${boot.trim()}:${fields[19]}`;
}

function locked(folder: string, { pid, host, since }: Holder): MgmtError {
  return new MgmtError('another process is working in this run folder', {
    code: 'training/run-locked',
    where: folder,
    found: `process ${pid} on ${host}, since ${since}`,
    hint: `wait for it or end it; where ${host} is down for good, delete lock.${host}.${pid}.*.json`,
  });
}
