import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fit, lockRun } from '../src/index.js';
import { onCpu } from './onCpu.js';
import { inFolder, smallConfig, smallData, smallModel } from './smallRun.js';

const locks = async (folder: string) => (await readdir(folder)).filter((name) => name.startsWith('lock.'));
const lockFile = (folder: string, holder: { pid: number; host?: string; start?: string }) =>
  writeFile(
    join(folder, `lock.other.${holder.pid}.0.json`),
    JSON.stringify({ host: hostname(), since: '2025-01-01T00:00:00Z', start: '', ...holder }),
  );

describe('lockRun', () => {
  it('is held until it is released', () =>
    inFolder(async (folder) => {
      const lock = await lockRun(folder);
      expect(await locks(folder)).toHaveLength(1);
      await lock.release();
      expect(await locks(folder)).toEqual([]);
      await (await lockRun(folder)).release();
    }));

  it('tells the second who holds it: process, host and since when', () =>
    inFolder(async (folder) => {
      const before = Date.now();
      const lock = await lockRun(folder);
      const second = lockRun(folder);
      await expect(second).rejects.toMatchObject({ code: 'training/run-locked', where: folder });
      const [, pid, host, since] = /found process (\d+) on (\S+), since (\S+)/.exec(
        await second.then(String, (error: Error) => error.message),
      )!;
      expect([Number(pid), host]).toEqual([process.pid, hostname()]);
      expect(Date.parse(since!)).toBeGreaterThanOrEqual(before);
      expect(await locks(folder)).toHaveLength(1);
      await lock.release();
    }));

  it('lets no more than one of many through that come at once', () =>
    inFolder(async (folder) => {
      const tries = await Promise.allSettled(Array.from({ length: 8 }, () => lockRun(folder)));
      const held = tries.filter((attempt) => attempt.status === 'fulfilled');
      expect(held.length).toBeLessThanOrEqual(1);
      expect(await locks(folder)).toHaveLength(held.length);
    }));

  it('is taken from a process that is no more', () =>
    inFolder(async (folder) => {
      const child = spawn(process.execPath, ['-e', '']);
      await once(child, 'exit');
      await lockFile(folder, { pid: child.pid! });
      const lock = await lockRun(folder);
      expect(await locks(folder)).toHaveLength(1);
      await lock.release();
    }));

  it('is taken from an earlier process whose number another one has now', () =>
    inFolder(async (folder) => {
      const own = await lockRun(folder);
      const [name] = await locks(folder);
      const { start } = JSON.parse(await readFile(join(folder, name!), 'utf8')) as { start: string };
      await own.release();
      await lockFile(folder, { pid: process.ppid, start: `${start}1` }); // alive, but begun at another time
      await (await lockRun(folder)).release();
    }));

  it('is not taken from a living process', () =>
    inFolder(async (folder) => {
      await lockFile(folder, { pid: process.ppid });
      await expect(lockRun(folder)).rejects.toThrow(`found process ${process.ppid} on `);
    }));

  it('is not taken from another host, of which nothing can be known', () =>
    inFolder(async (folder) => {
      await lockFile(folder, { pid: 999_999_999, host: 'elsewhere' });
      await expect(lockRun(folder)).rejects.toThrow(
        /process 999999999 on elsewhere, since 2025-01-01T00:00:00Z\n {2}hint: .*delete lock\.elsewhere/,
      );
    }));

  it('does not stop at a lock that a loss of power has emptied', () =>
    inFolder(async (folder) => {
      await writeFile(join(folder, 'lock.other.1.0.json'), '');
      await (await lockRun(folder)).release();
    }));
});

describe('fit on a locked folder', () => {
  beforeAll(onCpu);

  it('is refused, unless it is given the lock', () =>
    inFolder(async (folder) => {
      const lock = await lockRun(folder);
      const config = { ...smallConfig, epochs: 1 };
      await expect(fit(smallModel(), smallData(), config, { folder })).rejects.toMatchObject({ code: 'training/run-locked' });
      await expect(fit(smallModel(), smallData(), config, { folder, lock })).resolves.toMatchObject({ steps: 5 });
      expect(await locks(folder)).toHaveLength(1);
      await lock.release();
    }));
});
