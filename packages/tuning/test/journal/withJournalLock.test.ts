import { existsSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { withJournalLock } from '../../src/journal/withJournalLock.js';
import { hasEnded, workerId } from '../../src/journal/workerId.js';
import { endedWorker } from '../endedWorker.js';
import { journalPath } from '../optuna.js';

describe('withJournalLock', () => {
  it('lets one in after the other, and leaves nothing behind', async () => {
    const path = journalPath('');
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 8 }, () =>
        withJournalLock(path, async () => {
          most = Math.max(most, ++inside);
          await setTimeout(2);
          inside--;
        }),
      ),
    );
    expect(most).toBe(1);
    expect(readdirSync(dirname(path))).toEqual(['journal.log']);
  });

  it.each([
    ['a symbolic link', (path: string) => symlinkSync(path, `${path}.lock`)],
    ['a symbolic link that leads nowhere', (path: string) => symlinkSync('sub/journal.log', `${path}.lock`)],
    ['a file', (path: string) => writeFileSync(`${path}.lock`, '')],
    ['ours, of a process that runs', (path: string) => writeFileSync(`${path}.lock`, `${workerId()} other`)],
  ])("waits for another's lock to be gone, and takes it after the grace period: %s", async (_, lock) => {
    const path = journalPath('');
    lock(path);
    const began = performance.now();
    await withJournalLock(path, async () => undefined, { graceMs: 150 });
    expect(performance.now() - began).toBeGreaterThan(150);
    expect(readdirSync(dirname(path))).toEqual(['journal.log']);
  });

  it('begins the grace period anew where another has the lock', async () => {
    const path = journalPath('');
    writeFileSync(`${path}.lock`, '');
    const taken = withJournalLock(path, async () => performance.now(), { graceMs: 300 });
    await setTimeout(200);
    utimesSync(`${path}.lock`, 1, 1);
    const changed = performance.now();
    expect((await taken) - changed).toBeGreaterThan(250);
  });

  it('takes the lock of a process that has ended at once', async () => {
    const path = journalPath('');
    writeFileSync(`${path}.lock`, `${endedWorker()} 1`);
    const began = performance.now();
    await withJournalLock(path, async () => undefined);
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('leaves a lock alone that was taken from it', async () => {
    const path = journalPath('');
    await withJournalLock(path, async () => writeFileSync(`${path}.lock`, 'another'));
    expect(readFileSync(`${path}.lock`, 'utf8')).toBe('another');
  });

  it('is released by an error', async () => {
    const path = journalPath('');
    await expect(withJournalLock(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  it('says where it cannot be made', async () => {
    const path = `${journalPath('')}/below/a/file`;
    await expect(withJournalLock(path, async () => undefined)).rejects.toMatchObject({ code: 'core/cannot-write', where: `${path}.lock` });
  });
});

describe('hasEnded', () => {
  const [mine, ended] = [workerId(), endedWorker()];
  const part = (worker: string, at: number, text: string) => worker.split('-').with(at, text).join('-');

  it.each([
    ['this process', mine, false],
    ['one that has ended', ended, true],
    ['on another machine', part(ended, 6, 'other'), false],
    ['before the machine was started anew', part(mine, 7, 'other'), true],
    ['in another container of the machine', part(ended, 8, 'other'), false],
    ["Optuna's", '6aae48df-4871-48b6-b69c-d10b13922977-140527027170176', false],
    ['nobody', '', false],
  ])('knows of %s', (_, worker, expected) => {
    expect(hasEnded(worker)).toBe(expected);
  });
});
