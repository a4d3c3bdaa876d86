import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { BACKEND_NAMES, type BackendName, type BackendReport } from '@mgmt/nn';
import type { BenchMessage } from './benchBackend.js';

/** What was seen of one backend. */
export interface BackendBench {
  readonly backend: BackendName;
  readonly report?: BackendReport;
  /** Of the check, the same on every backend but for rounding: a loss, then norms of gradients. */
  readonly numbers?: readonly number[];
  readonly steps: readonly Extract<BenchMessage, { kind: 'step' }>[];
  readonly leftOut: readonly Extract<BenchMessage, { kind: 'left out' }>[];
  /** Why it was not measured, or not to the end. */
  readonly error?: string;
}

/** The time for one backend. */
const LIMIT_MS = 240_000;

/**
 * Times training steps on every backend, each in a process of its own: two builds of TensorFlow do not go into one, and a driver that takes the process
 * down with it takes no more than that.
 *
 * @param start - the arguments to Node.js that start this command
 * @param tell - hears which backend comes next
 */
export async function benchBackends(start: readonly string[], tell: (line: string) => void): Promise<readonly BackendBench[]> {
  const results: BackendBench[] = [];
  for (const backend of BACKEND_NAMES) {
    tell(`measuring ${backend}`);
    results.push(await benchInProcess(backend, start));
  }
  return results;
}

function benchInProcess(backend: BackendName, start: readonly string[]): Promise<BackendBench> {
  const child = spawn(process.execPath, [...start, 'bench-backend', backend], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'], // the channel ends it when this process ends
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  });
  const messages: BenchMessage[] = [];
  let complaints = '';
  createInterface({ input: child.stdout! }).on('line', (line) => {
    const message = parse(line);
    if (message) messages.push(message);
  });
  child.stderr!.on('data', (text: Buffer) => (complaints = (complaints + text.toString()).slice(-4000)));
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(collect(backend, messages, error.message)));
    child.on('close', (code, signal) => {
      const how = signal ? `was stopped by ${signal}, after ${LIMIT_MS / 1000} s at the latest` : `ended with status ${code}`;
      const reason = complaints.split('\n').find((line) => /^(?:[\w-]+\/[\w-]+: |\w*Error: )/.test(line));
      resolve(collect(backend, messages, code === 0 ? undefined : (reason ?? `its process ${how}`)));
    });
  });
}

function collect(backend: BackendName, messages: readonly BenchMessage[], error: string | undefined): BackendBench {
  const of = <Kind extends BenchMessage['kind']>(kind: Kind) =>
    messages.filter((message): message is Extract<BenchMessage, { kind: Kind }> => message.kind === kind);
  const [[about], [check]] = [of('backend'), of('check')];
  return {
    backend,
    ...(about && { report: about.report }),
    ...(check && { numbers: check.numbers }),
    steps: of('step'),
    leftOut: of('left out'),
    ...(error && { error }),
  };
}

/** A message, or nothing where a library printed a line of its own. */
function parse(line: string): BenchMessage | undefined {
  try {
    const value = JSON.parse(line) as unknown;
    return typeof value === 'object' && value !== null && 'kind' in value ? (value as BenchMessage) : undefined;
  } catch {
    return undefined;
  }
}
