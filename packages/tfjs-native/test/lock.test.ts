import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { withLock } from '../src/lock.js';
import { failureOf, packageRoot, program, scratch } from './fixtures.js';

async function count(...args: string[]): Promise<number | string | null> {
  const { args: node, env } = program('count.ts');
  const child = spawn(process.execPath, [...node, ...args], { cwd: packageRoot, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return code ?? signal;
}

function leave(folder: string, owner: object): string {
  mkdirSync(join(folder, '.lock'));
  writeFileSync(join(folder, '.lock', 'owner.json'), JSON.stringify(owner));
  return join(folder, '.lock', 'owner.json');
}

describe('withLock', () => {
  it('hands on the result and leaves nothing behind', async () => {
    const folder = scratch();
    expect(await withLock(folder, async () => 7)).toBe(7);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is let go when the work fails', async () => {
    const folder = scratch();
    await expect(withLock(folder, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await withLock(folder, async () => 'free', { timeoutMs: 0 })).toBe('free');
  });

  it('lets one process work at a time, and takes over from one that was killed', async () => {
    const folder = scratch();
    const file = join(folder, 'count');
    writeFileSync(file, '0');
    expect(await count(folder, file, 'die')).toBe('SIGKILL');
    expect(readdirSync(folder)).toContain('.lock');
    expect(await Promise.all(Array.from({ length: 4 }, () => count(folder, file)))).toEqual([0, 0, 0, 0]);
    expect(readFileSync(file, 'utf8')).toBe('4');
  }, 60_000);

  it('waits for a living owner, and says for whom', async () => {
    const folder = scratch();
    const waited: string[] = [];
    await withLock(folder, async () => {
      const failure = await failureOf(withLock(folder, async () => 0, { timeoutMs: 150, onWait: (owner) => waited.push(owner) }));
      expect(failure.code).toBe('locked');
    });
    expect(waited).toEqual([`process ${process.pid}`]);
  });

  it('takes over from a process id that was given to another process since', async () => {
    const folder = scratch();
    await withLock(folder, async () => {
      const owner = JSON.parse(readFileSync(join(folder, '.lock', 'owner.json'), 'utf8')) as object;
      writeFileSync(join(folder, '.lock', 'owner.json'), JSON.stringify({ ...owner, id: 'earlier', started: '1' }));
      expect(await withLock(folder, async () => 'mine', { timeoutMs: 0 })).toBe('mine');
    });
  });

  it('judges an owner on another machine by its heartbeat', async () => {
    const folder = scratch();
    const beat = leave(folder, { id: 'far', pid: 1, started: '1', place: 'elsewhere' });
    expect((await failureOf(withLock(folder, async () => 0, { timeoutMs: 0 }))).code).toBe('locked');
    const longAgo = new Date(Date.now() - 120_000);
    utimesSync(beat, longAgo, longAgo);
    expect(await withLock(folder, async () => 'mine', { timeoutMs: 0 })).toBe('mine');
  });
});
