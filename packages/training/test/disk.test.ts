import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrainingEvent } from '../src/index.js';
import { onCpu } from './onCpu.js';
import { inFolder, sha256 } from './smallRun.js';
import { run, stoppedAfter, timeless } from './stoppedRun.js';

beforeAll(onCpu);

const isRoot = process.getuid?.() === 0;
const withDisk = canMount() ? it : it.skip; // root in a container without the right to mount cannot

describe('a disk', () => {
  withDisk('that is full ends the run with the reason; when there is room it goes on with the same bits', () =>
    onSmallDisk(async (disk) => {
      const whole = await run({});
      const folder = join(disk, 'run');
      const onEvent = (event: TrainingEvent) => event.kind === 'checkpoint' && event.position.epoch === 2 && fill(disk);
      await expect(run({ folder, onEvent })).rejects.toMatchObject({
        code: 'core/cannot-write',
        message: expect.stringContaining('the disk is full') as string,
      });
      expect((await readdir(join(folder, 'checkpoints'))).sort()).toEqual(['epoch-0001.safetensors', 'epoch-0002.safetensors']);
      expect((await readdir(folder)).filter((name) => name.startsWith('lock.'))).toEqual([]);
      await rm(join(disk, 'ballast'));
      const { model, result } = await run({ folder });
      expect(sha256(model)).toBe(sha256(whole.model));
      expect(timeless(result.history)).toEqual(timeless(whole.result.history));
    }),
  );

  withDisk('that is mounted read-only refuses the run, by its path and reason', () =>
    onSmallDisk(async (disk) => {
      const folder = join(disk, 'run');
      await stoppedAfter(6, folder);
      execFileSync('mount', ['-o', 'remount,ro', disk]);
      await expect(run({ folder })).rejects.toThrow(/^core\/cannot-write: .*run.*\(the file system is read-only\)\n {2}hint: /);
    }),
  );
});

describe('a record that cannot be written', () => {
  it('ends the run with its path, and what was learned is saved', () =>
    inFolder(async (folder) => {
      const metrics = join(folder, 'metrics.jsonl');
      const replace = () => (rmSync(metrics), mkdirSync(metrics));
      const onEvent = (event: TrainingEvent) => event.kind === 'step' && event.step === 1 && replace();
      await expect(run({ folder, onEvent })).rejects.toMatchObject({ code: 'core/cannot-write', where: metrics });
      expect(await readdir(join(folder, 'checkpoints'))).toEqual(['epoch-0000-batch-00005.safetensors']);
    }));
});

describe('a folder that may not be written to', () => {
  it.each([
    ['and is there', async (base: string) => mkdir(join(base, 'run'), { mode: 0o555 })],
    ['and has no run in it yet', async (base: string) => chmod(base, 0o555)],
  ])('%s refuses the run, by its path and reason', (_name, prepare) =>
    inFolder(async (base) => {
      await chmod(base, 0o755);
      await prepare(base);
      const refused = asAnybody(() => run({ folder: join(base, 'run') }));
      await expect(refused).rejects.toThrow(/^core\/cannot-write: .*run.*\(no permission\)\n {2}hint: name a folder that you may write to/);
      await chmod(base, 0o755);
    }),
  );
});

/** Root may write anywhere, so it acts as `nobody` for a while. */
async function asAnybody<T>(action: () => Promise<T>): Promise<T> {
  if (isRoot) process.seteuid!(65534);
  try {
    return await action();
  } finally {
    if (isRoot) process.seteuid!(0);
  }
}

function canMount(): boolean {
  if (!isRoot || process.platform !== 'linux') return false;
  const folder = mkdtempSync(join(tmpdir(), 'mgmt-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
}

/** Calls with a folder that is a disk of 256 KB. */
function onSmallDisk(use: (folder: string) => Promise<void>): Promise<void> {
  return inFolder(async (folder) => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder]);
    try {
      await use(folder);
    } finally {
      execFileSync('umount', ['--lazy', folder]);
    }
  });
}

/** Writes until nothing more goes. */
function fill(disk: string): void {
  const ballast = openSync(join(disk, 'ballast'), 'w');
  try {
    for (;;) writeSync(ballast, new Uint8Array(4096));
  } catch {
    closeSync(ballast);
  }
}
