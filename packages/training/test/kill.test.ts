import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { rng } from '@mgmt/core';
import type { EpochRecord } from '../src/index.js';
import { inProcess } from './inProcess.js';
import { inFolder } from './smallRun.js';

type Message = { readonly kind: string; readonly sha256?: string; readonly stopped?: boolean; readonly message?: string };

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
  const { lines } = await inProcess('trainInProcess.ts', folder, (line, child, count) =>
    onMessage(JSON.parse(line) as Message, count, child),
  );
  return JSON.parse(lines.at(-1) ?? '{"kind":"nothing"}') as Message;
}

/** Sends the signal in the midst of it. */
async function stoppedBy(signal: NodeJS.Signals, folder: string): Promise<Message> {
  let sentAt = Infinity;
  const last = await train(folder, (_message, count, child) => {
    if (count !== 8) return;
    sentAt = performance.now();
    child.kill(signal);
  });
  expect(performance.now() - sentAt).toBeLessThan(10_000);
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
    expect(expected).toMatchObject({ kind: 'end', stopped: false });
  });
  afterAll(() => rm(whole, { recursive: true }));

  /** Kills it so often, or until it is done before the kill comes; then lets it end. Gives the number of kills. */
  const survives = (kills: number, seed: number | string) =>
    inFolder(async (folder) => {
      const killed = join(folder, 'run');
      const random = rng(seed); // the moments; within a write or between two, as the machine has it
      let done = 0;
      for (; done < kills; done++) {
        const [moment, delayMs] = [random.integer(1, 9), random.uniform(0, 12)];
        const last = await train(killed, (_message, count, child) => {
          if (count === moment) void setTimeout(delayMs).then(() => child.kill('SIGKILL'));
        });
        if (last.kind === 'end') break;
      }
      expect(done).toBeGreaterThan(1);
      expect(await train(killed)).toEqual(expected);
      expect(await recorded(killed)).toEqual(await recorded(whole));
      expect((await readdir(killed)).sort()).toHaveLength((await readdir(whole)).length);
      return done;
    });

  it('that is killed at random moments and started again ends with the bits of one that was left alone', () => survives(3, 0));

  it('that is sent SIGTERM saves, ends within ten seconds and goes on later', () =>
    inFolder(async (folder) => {
      expect(await stoppedBy('SIGTERM', folder)).toMatchObject({ kind: 'end', stopped: true });
      expect(await train(folder)).toEqual(expected);
    }));

  it('that is sent SIGINT does the same', () =>
    inFolder(async (folder) => expect(await stoppedBy('SIGINT', folder)).toMatchObject({ kind: 'end', stopped: true })));

  it('keeps a second one out of its folder, and ends with the bits of any other of its seed', () =>
    inFolder(async (folder) => {
      let second: Promise<Message> | undefined;
      let pid: number | undefined;
      const first = await train(folder, ({ kind }, _count, child) => {
        if (second || kind !== 'step') return;
        pid = child.pid;
        child.kill('SIGSTOP'); // a small run would be over before the second one looks
        second = train(folder).finally(() => child.kill('SIGCONT'));
      });
      expect(await second!).toMatchObject({ kind: 'failed', message: expect.stringContaining(`found process ${pid} on`) as string });
      expect(first).toEqual(expected);
    }));

  const long = process.env['MGMT_LONG'] ? it : it.skip;

  long(
    'killed fifty times at random moments ends with the bits of one that was left alone:long',
    async () => {
      for (let kills = 0, round = 1; kills < 50; round++) kills += await survives(50, `long ${round}`);
    },
    3_600_000,
  );
});
