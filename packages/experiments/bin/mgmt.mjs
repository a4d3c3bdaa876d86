#!/usr/bin/env node
/**
 * Starts the mgmt command in a process of its own: with glibc's allocator told to keep large blocks (3 to 7 % of a training step, see
 * docs/numerics.md), which only works before a process begins, and in the workspace from source, where no build is needed.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../src/main.ts', import.meta.url)); // not in a published package
const built = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const fromSource = existsSync(source);

const loader = new URL('source.mjs', import.meta.url);
const flags = fromSource ? ['--conditions=@mgmt/source', `--import=${loader}`] : [];
const child = spawn(
  process.execPath,
  [...process.execArgv, ...flags, '--disable-warning=ExperimentalWarning', fromSource ? source : built, ...process.argv.slice(2)],
  {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'], // the channel closes when this process is gone, and the child stops with it
    env: {
      MALLOC_MMAP_THRESHOLD_: '1073741824',
      MALLOC_TRIM_THRESHOLD_: '4294967296',
      TF_CPP_MIN_LOG_LEVEL: '2',
      SWC_NODE_PROJECT: fileURLToPath(new URL('../../../tsconfig.base.json', import.meta.url)),
      ...process.env,
    },
  },
);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`mgmt cannot start: ${error.message}`);
  process.exitCode = 1;
});
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
