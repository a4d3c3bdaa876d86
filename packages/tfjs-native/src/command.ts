import { spawn } from 'node:child_process';

/** How a program ended. `missing`: there is no such program on the PATH. */
export type Ended =
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'ended';
      readonly code: number | null;
      readonly signal: string | null;
      readonly stdout: string;
      readonly stderr: string;
    };

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly timeoutMs?: number;
  /** The program's own progress goes to our stderr as it comes (and is kept too). */
  readonly show?: boolean;
}

/** Runs a program to its end, without a shell, and keeps what it printed. */
export async function runCommand(program: string, args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  const { cwd, env = process.env, timeoutMs, show = false } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => child.kill(), timeoutMs); // spawn's own outlives a missing program
    const out: string[] = [];
    const err: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out.push(text);
      if (show) process.stderr.write(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err.push(text);
      if (show) process.stderr.write(text);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      if (error.code === 'ENOENT' || error.code === 'EACCES') resolve({ kind: 'missing' });
      else reject(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ kind: 'ended', code, signal, stdout: out.join(''), stderr: err.join('') });
    });
  });
}

/** The last line that says something: where pip, npm and compilers put the reason. */
export function lastLine(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => !line.startsWith('at ')); // frames of a stack
  return lines.filter((line) => /error/i.test(line)).at(-1) ?? lines.filter(Boolean).at(-1) ?? 'it said nothing';
}

/** Whether a program's words are those of a machine without a network. */
export function soundsOffline(text: string): boolean {
  return /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|name resolution|Name or service not known|NewConnectionError|ProxyError|Max retries exceeded|Network is unreachable|Connection refused|timed out/i.test(
    text,
  );
}
