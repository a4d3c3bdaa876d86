import { execFileSync, spawnSync } from 'node:child_process';

/** `it` where python3 has these modules, else `it.skip`. */
export function itWithPython(...modules: readonly string[]): typeof it | typeof it.skip {
  const script = 'import sys; from importlib.util import find_spec; sys.exit(not all(map(find_spec, sys.argv[1:])))'; // importing PyTorch takes seconds
  return spawnSync('python3', ['-c', script, ...modules]).status === 0 ? it : it.skip;
}

/** What a Python script prints as JSON. */
export function python<Result>(script: string, input: string | Uint8Array, ...args: readonly string[]): Result {
  return JSON.parse(execFileSync('python3', ['-c', script, ...args], { input, maxBuffer: 2 ** 28 }).toString()) as Result;
}
