import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** How a process ended. */
export interface Ended {
  readonly status: number | null;
  readonly lines: readonly string[];
}

/**
 * Runs a program of this folder in a process of its own.
 *
 * @param onLine - may end the process
 */
export async function inProcess(
  name: string,
  argument: string,
  onLine: (line: string, child: ChildProcess, count: number) => void = () => undefined,
): Promise<Ended> {
  const program = fileURLToPath(new URL(name, import.meta.url));
  const child = spawn(process.execPath, ['--conditions=@mgmt/source', '--import', '@swc-node/register/esm-register', program, argument], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) onLine(line, child, lines.push(line));
  return { status: await closed, lines };
}
