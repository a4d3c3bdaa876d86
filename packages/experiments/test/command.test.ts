import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jest } from '@jest/globals';
import { rng } from '@mgmt/core';
import { SERIES_DAMAGES } from '../../cohort/test/damages.js';

const MGMT = fileURLToPath(new URL('../bin/mgmt.mjs', import.meta.url));
let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'mgmt-command-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

interface Watch {
  /** What the output must hold before the signal is sent. */
  readonly after: RegExp;
  readonly delayMs: number;
  readonly signal: NodeJS.Signals;
  /** To the launcher alone; to the whole process group, as a terminal and a power cut do, by default. */
  readonly launcherOnly?: boolean;
}

/** The command as a user starts it, in a process group of its own. `watch` may end it by a signal. */
function mgmt(args: readonly string[], watch?: Watch, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(process.execPath, [MGMT, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { ...process.env, ...env },
  });
  let output = '';
  let watching = watch;
  const hear = (text: Buffer) => {
    output += text.toString();
    if (watching?.after.test(output)) {
      const { delayMs, signal, launcherOnly } = watching;
      watching = undefined;
      setTimeout(() => (child.exitCode === null ? process.kill(launcherOnly ? child.pid! : -child.pid!, signal) : undefined), delayMs);
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

jest.setTimeout(60_000); // every test starts the command, which takes a second, and ten on a busy machine

describe('mgmt run', () => {
  it('ends with the path of a page, and does nothing twice', async () => {
    const first = await mgmt(smoke('whole'));
    expect(first.output).toMatch(/^Report: \/.*whole\/report\/index\.html$/m);
    expect(first.code).toBe(0);
    const weights = join(
      folder,
      'whole/resnet10-seeds',
      (await readdir(join(folder, 'whole/resnet10-seeds'))).find((name) => name.includes('seed1'))!,
      'model.safetensors',
    );
    const { mtimeMs } = await stat(weights);
    const second = await mgmt(smoke('whole'));
    expect(second.code).toBe(0);
    expect((await stat(weights)).mtimeMs).toBe(mtimeMs);
  }, 120_000);

  it('records what it computed with, and why with nothing better', async () => {
    const study = join(folder, 'whole/resnet10-seeds');
    const run = (await readdir(study)).find((name) => name.includes('seed1'))!;
    const { backend, versions } = JSON.parse(await readFile(join(study, run, 'run.json'), 'utf8'));
    expect(versions).toMatchObject({ mgmt: expect.any(String), node: process.versions.node });
    expect(backend).toMatchObject({ package: expect.any(String), device: expect.any(String), versions: { tfjs: expect.any(String) } });
    expect(backend.details.threads ?? backend.details.driver ?? backend.details.adapter).toBeDefined();
    expect(backend.notTaken.every(({ reason }: { reason: string }) => reason.length > 0)).toBe(true);
  });

  it('killed at any moment and started again, ends with the same numbers', async () => {
    const draw = rng('kill').child('moments');
    for (const after of [/preprocessing/, /training: 16 to do/, /training: 16 to do/, /training: 16 to do/]) {
      await mgmt(smoke('killed'), { after, delayMs: draw.integer(0, 1500), signal: 'SIGKILL' });
    }
    expect((await mgmt(smoke('killed'))).code).toBe(0);
    expect(await numbersOf('killed')).toBe(await numbersOf('whole'));
  }, 240_000);

  it('stops when its launcher alone is killed, and gives the run folder free', async () => {
    await mgmt(smoke('orphaned'), { after: /training: 16 to do/, delayMs: 300, signal: 'SIGKILL', launcherOnly: true });
    await waitUntilUnlocked(join(folder, 'orphaned'));
    expect((await mgmt(smoke('orphaned'))).code).toBe(0);
    expect(await numbersOf('orphaned')).toBe(await numbersOf('whole'));
  }, 240_000);

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'asked to stop by %s from a terminal, saves, says how to go on, and does',
    async (signal) => {
      const stopped = await mgmt(smoke(signal), { after: /training: 16 to do/, delayMs: 300, signal });
      expect(stopped.output).toMatch(new RegExp(`${signal}: saving, then stopping`));
      expect(stopped.output).toMatch(/Give the same command again/);
      expect(stopped.code).toBe(130);
      expect((await mgmt(smoke(signal))).code).toBe(0);
      expect(await numbersOf(signal)).toBe(await numbersOf('whole'));
    },
    240_000,
  );

  it('does not go on with a run on another backend', async () => {
    await mgmt(smoke('moved'), { after: /training: 16 to do/, delayMs: 300, signal: 'SIGTERM' });
    const moved = await mgmt(smoke('moved'), undefined, { MGMT_BACKEND: 'wasm' });
    const first = await mgmt(['doctor', '--json']);
    if (JSON.parse(first.output.slice(first.output.indexOf('{'))).backend.backend === 'wasm') return; // this machine has no other
    expect(moved.output).toMatch(/training\/config-changed[^]*backend/);
    expect(moved.code).toBe(1);
  }, 240_000);

  it('knows its runs again by what they hold: with an empty cache it does nothing twice', async () => {
    const before = await numbersOf('whole');
    const args = smoke('whole').map((arg) => (arg === 'cache' ? 'another cache' : arg));
    expect((await mgmt(args)).code).toBe(0);
    expect(await numbersOf('whole')).toBe(before);
  }, 120_000);

  it('sets bad cases aside, goes on without them, and says so by its status', async () => {
    await mgmt(['phantom', 'my data', '--cases', '40', '--test-cases', '0', '--size', '12,24,24']);
    const damages = Object.values(SERIES_DAMAGES);
    for (const [i, [, damage]] of damages.entries()) await damage(join(folder, 'my data/train', String(20 + i).padStart(5, '0'), 'T1wCE'));
    const labels = join(folder, 'my data/train_labels.csv');
    await writeFile(labels, (await readFile(labels, 'utf8')).replace(/^00005,[01]$/m, '00005,'));
    const run = await mgmt([
      'run',
      '--data',
      'my data',
      '--profile',
      'smoke',
      '--seed',
      '2',
      '--leave-out',
      '7',
      '--out',
      'mine',
      '--cache',
      'cache',
    ]);
    expect(run.code).toBe(2);
    const { data, command } = JSON.parse(await readFile(join(folder, 'mine/report/results.json'), 'utf8')).studies[0];
    expect(data.setAside.map(({ id, reason }: { id: string; reason: string }) => `${id} ${/^[\w/-]+/.exec(reason)![0]}`)).toEqual([
      '00005 cohort/no-label',
      '00007 cohort/excluded',
      ...damages.map(([code], i) => `000${20 + i} ${code}`),
    ]);
    expect(damages.length).toBeGreaterThanOrEqual(10);
    expect([data.counts.training, data.counts.validation, data.counts.test].flat().reduce((a, b) => a + b)).toBe(38 - damages.length);
    expect(data.look.counts).toMatchObject({ cases: 38, findings: { FLAIR: { missing: 0 }, T1wCE: { missing: 3 } } });
    expect(command).toBe("mgmt run resnet10-seeds --profile smoke --data 'my data' --seed 2 --leave-out 00007 --out mine --cache cache");
  }, 120_000);

  it.each([
    ['a folder that is not there', ['--data', 'nowhere'], /cohort\/no-such-folder: nowhere: .*\n {2}hint:/],
    ['an empty folder', ['--data', 'empty'], /cohort\/empty-folder: empty: the folder is empty\n {2}hint:/],
    ['a file', ['--data', MGMT], /cohort\/.*mgmt\.mjs/],
    ['dials of the phantom on other data', ['--data', 'empty', '--signal', '1'], /do not go together/],
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

describe('the other commands', () => {
  it.each([
    ['doctor', ['doctor'], 0, /^backend .*\n +threads \d+/m],
    ['a bench of a backend that is none', ['bench-backend', 'cuda'], 1, /nn\/unknown-backend/],
    ['doctor of a folder that is not there', ['doctor', '--data', 'nowhere'], 1, /cohort\/no-such-folder/],
    ['report', ['report', '--out', 'whole'], 0, /^Report: /m],
    ['report of nothing', ['report', '--out', 'nowhere'], 1, /experiments\/nothing-to-report/],
    ['phantom', ['phantom', 'small', '--cases', '2', '--test-cases', '1', '--size', '8,16,16'], 0, /2 labeled cases/],
    [
      'phantom with a shortcut',
      [
        'phantom',
        'shortcut',
        '--cases',
        '1',
        '--test-cases',
        '0',
        '--size',
        '8,16,16',
        '--shortcut',
        'noise',
        '--signal-features',
        'size',
        'texture',
      ],
      0,
      /1 labeled cases/,
    ],
    ['phantom with a dial that is none', ['phantom', 'x', '--shortcut', 'hair'], 1, /Allowed choices are site, contrast, noise, head-size/],
    ['phantom among other files', ['phantom', '.'], 1, /cohort\/not-a-phantom/],
    ['phantom into a file', ['phantom', MGMT], 1, /core\/cannot-write: .*a file stands where a folder should be/],
    ['case', ['case', 'small/train/00000/FLAIR', '--results', 'nowhere', '--out', 'page'], 0, /^Page: /m],
    ['case of a finished run', ['case', 'small/train/00000/T1w', '--results', 'whole', '--out', 'page'], 0, /^Page: /m],
    ['case of a folder that is not there', ['case', 'nowhere'], 1, /dicom-io\/no-such-folder/],
    ['validate', ['validate', '--profile', 'smoke', '--cache', 'cache'], 0, /^0 cases with findings, 48 without$/m],
    ['validate, as JSON', ['validate', '--data', 'small', '--json'], 0, /"withFindings": 0,/],
    [
      'validate with a column that is none',
      ['validate', '--data', 'small', '--labels', 'l.csv', '--columns', 'id=Patient', 'age=Age'],
      1,
      /expected id=…, label=…, site=…, found "age=Age"/,
    ],
    ['cache', ['cache', '--cache', 'cache'], 0, /T1wCE to [\d x]+: \d+ entries, [\d.]+ MB/],
    ['cache, pruned', ['cache', '--cache', 'cache', '--max-gb', '0'], 0, /^removed \d+ entries.*\n.*: empty$/m],
    ['cache that is not there', ['cache', '--cache', 'nowhere'], 0, /arrays: empty/],
  ])('%s ends with the status that it should', async (_name, args, code, output) => {
    const ended = await mgmt(args);
    expect(ended.output).toMatch(output);
    expect(ended.output).not.toMatch(/\n\s+at /);
    expect(ended.code).toBe(code);
  });
});

describe('mgmt validate', () => {
  it('lists what is wrong, writes it as JSON, and says so by its status', async () => {
    const { code, output } = await mgmt(['validate', '--data', 'my data', '--json', 'reports/mine.json']);
    expect(code).toBe(2);
    expect(output).toMatch(/looking at the data: 39\/39, \d+ files/);
    expect(output).toMatch(/^ {2}00022 T1wCE: missing, no-image: the folder holds no image, and \d+ other files$/m);
    expect(output).toMatch(/^1 set aside\n {2}00005: cohort\/no-label: train\/00005: the case has no label$/m);
    expect(output).toMatch(/^Report: \/.*reports\/mine\.json$/m);
    const { version, counts, cases, setAside } = JSON.parse(await readFile(join(folder, 'reports/mine.json'), 'utf8'));
    expect([version, counts.cases, cases.length, setAside.length]).toEqual([1, 39, 39, 1]);
    expect(output).toContain(`${counts.withFindings} cases with findings, ${39 - counts.withFindings} without`);
  });

  it('asked to stop, stops and leaves nothing', async () => {
    const watch = { after: /looking at the data: 39 to do/, delayMs: 0, signal: 'SIGINT' } as const;
    const { code, output } = await mgmt(['validate', '--data', 'my data', '--json', 'stopped/mine.json'], watch);
    expect(output).toMatch(/^Stopped\. Nothing was written\.$/m);
    expect(code).toBe(130);
    expect(await readdir(join(folder, 'stopped'))).toEqual([]);
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
