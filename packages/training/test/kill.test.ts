import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { rng } from '@mgmt/core';
import type { EpochRecord } from '../src/index.js';
import { inFolder } from './smallRun.js';

type Message = { readonly kind: string; readonly sha256?: string; readonly stopped?: boolean };

/**
 * Trains in a process of its own.
 *
 * @param onMessage - may end the process
 * @returns what it told last
 */
async function train(
  folder: string,
  onMessage: (message: Message, count: number, child: ChildProcess) => void = () => undefined,
): Promise<Message> {
  const program = fileURLToPath(new URL('trainInProcess.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions=@mgmt/source', '--import', '@swc-node/register/esm-register', program, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = new Promise((resolve) => child.once('close', resolve));
  let last: Message = { kind: 'nothing' };
  let count = 0;
  for await (const line of createInterface({ input: child.stdout })) onMessage((last = JSON.parse(line) as Message), ++count, child);
  await closed;
  return last;
}

async function recorded(folder: string): Promise<EpochRecord[]> {
  const lines = (await readFile(join(folder, 'metrics.jsonl'), 'utf8')).trim().split('\n');
  return lines.map((line) => ({ ...(JSON.parse(line) as EpochRecord), seconds: 0 }));
}

describe('a training process', () => {
  let whole: string;
  let expected: Message;

  beforeAll(async () => {
    whole = await mkdtemp(join(tmpdir(), 'mgmt-whole-'));
    expected = await train(whole);
  }, 60_000);
  afterAll(() => rm(whole, { recursive: true }));

  it(
    'that is killed at random moments and started again ends with the bits of one that was left alone',
    () =>
      inFolder(async (folder) => {
        const killed = join(folder, 'run');
        expect(expected).toMatchObject({ kind: 'end', stopped: false });
        const random = rng(process.env['MGMT_KILL_SEED'] ?? 0); // the moments; within a write or between two, as the machine has it
        let kills = 0;
        for (; kills < Number(process.env['MGMT_KILLS'] ?? 4); kills++) {
          const [moment, delayMs] = [random.integer(1, 9), random.uniform(0, 12)];
          const last = await train(killed, (_message, count, child) => {
            if (count === moment) void setTimeout(delayMs).then(() => child.kill('SIGKILL'));
          });
          if (last.kind === 'end') break;
        }
        expect(kills).toBeGreaterThan(1);
        const end = await train(killed);
        expect(end).toEqual(expected);
        expect(await recorded(killed)).toEqual(await recorded(whole));
        expect((await readdir(killed)).sort()).toHaveLength((await readdir(whole)).length);
      }),
    60_000,
  );

  it(
    'that is asked to end saves and goes on later',
    () =>
      inFolder(async (folder) => {
        const ended = join(folder, 'run');
        const stopped = await train(ended, (_message, count, child) => void (count === 8 && child.kill('SIGTERM')));
        expect(stopped).toMatchObject({ kind: 'end', stopped: true });
        expect(await train(ended)).toEqual(expected);
      }),
    60_000,
  );
});
