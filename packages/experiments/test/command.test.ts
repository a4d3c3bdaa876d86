import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rng } from '@mgmt/core';

const MGMT = fileURLToPath(new URL('../bin/mgmt.mjs', import.meta.url));
let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'mgmt-command-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** The command as a user starts it. `watch` may end it by a signal when it reads what it waits for. */
function mgmt(args: readonly string[], watch?: { after: RegExp; delayMs: number; signal: NodeJS.Signals }): Promise<Ended> {
  const child = spawn(process.execPath, [MGMT, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let watching = watch;
  const hear = (text: Buffer) => {
    output += text.toString();
    if (watching?.after.test(output)) {
      const { delayMs, signal } = watching;
      watching = undefined;
      setTimeout(() => child.kill(signal), delayMs);
    }
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}

const smoke = (out: string) => ['run', 'resnet10-seeds', '--profile', 'smoke', '--seeds', '2', '--out', out, '--cache', 'cache'];

/** What must not depend on interruptions: every prediction, and the curves but for their times. */
async function numbersOf(out: string): Promise<string> {
  const study = join(folder, out, 'resnet10-seeds');
  const runs = (await readdir(study, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const parts = await Promise.all(
    runs.sort().map(async (run) => {
      const metrics = (await readFile(join(study, run, 'metrics.jsonl'), 'utf8')).replaceAll(/,"seconds":[\d.e-]+/g, '');
      return [run, metrics, await readFile(join(study, run, 'predictions.csv'), 'utf8')].join('\n');
    }),
  );
  return parts.join('\n');
}

describe('mgmt run', () => {
  it('ends with the path of a page, and does nothing twice', async () => {
    const first = await mgmt(smoke('whole'));
    expect(first.output).toMatch(/^Report: \/.*whole\/report\/index\.html$/m);
    expect(first.code).toBe(0);
    const weights = join(
      folder,
      'whole/resnet10-seeds',
      (await readdir(join(folder, 'whole/resnet10-seeds'))).find((name) => name.includes('seed0'))!,
      'model.safetensors',
    );
    const { mtimeMs } = await stat(weights);
    const second = await mgmt(smoke('whole'));
    expect(second.code).toBe(0);
    expect((await stat(weights)).mtimeMs).toBe(mtimeMs);
  }, 120_000);

  it('killed at any moment and started again, ends with the same numbers', async () => {
    const draw = rng('kill').child('moments');
    for (const after of [/preprocessing/, /training: 16 steps/, /training: 16 steps/]) {
      const killed = await mgmt(smoke('killed'), { after, delayMs: draw.integer(0, 2500), signal: 'SIGKILL' });
      if (killed.code === 0) break; // it was faster
    }
    await waitUntilUnlocked(join(folder, 'killed'));
    expect((await mgmt(smoke('killed'))).code).toBe(0);
    expect(await numbersOf('killed')).toBe(await numbersOf('whole'));
  }, 240_000);

  it('asked to stop, saves, says how to go on, and does', async () => {
    const stopped = await mgmt(smoke('stopped'), { after: /training: 16 steps/, delayMs: 300, signal: 'SIGTERM' });
    expect(stopped.output).toMatch(/SIGTERM: saving, then stopping/);
    expect(stopped.output).toMatch(/Give the same command again/);
    expect(stopped.code).toBe(130);
    expect((await mgmt(smoke('stopped'))).code).toBe(0);
    expect(await numbersOf('stopped')).toBe(await numbersOf('whole'));
  }, 240_000);

  it.each([
    ['a folder that is not there', ['--data', 'nowhere'], /cohort\/no-such-folder: nowhere: .*\n {2}hint:/],
    ['an empty folder', ['--data', 'empty'], /cohort\/empty-folder: empty: the folder is empty\n {2}hint:/],
    ['a file', ['--data', MGMT], /cohort\/.*mgmt\.mjs/],
    ['a profile that is none', ['--profile', 'huge'], /Allowed choices are smoke, quick, paper/],
    ['a signal beyond its range', ['--signal', '2'], /expected a number from 0 to 1, found "2"/],
  ])('says what to do about %s, without a stack trace', async (_name, args, message) => {
    await mkdir(join(folder, 'empty'), { recursive: true });
    const { code, output } = await mgmt(['run', ...args]);
    expect(output).toMatch(message);
    expect(output).not.toMatch(/\n\s+at /);
    expect(code).toBe(1);
  });
});

/** A launcher that was killed leaves its child a moment to stop. */
async function waitUntilUnlocked(out: string): Promise<void> {
  for (let i = 0; i < 100; i++) {
    const entries = await readdir(out, { recursive: true }).catch(() => []);
    if (!entries.some((name) => /lock\..*\.json$/.test(name))) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
