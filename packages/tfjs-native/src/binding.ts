import { createRequire } from 'node:module';
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lastLine, runCommand } from './command.js';
import { asDiskFull, NativeError } from './nativeError.js';
import { LIBRARIES } from './pins.js';

export interface BindingInput {
  /** An unpacked tfjs-node: its C++ is in `binding/`. The CPU and the GPU package carry the same. */
  readonly tfjsNode: string;
  /** A folder with TensorFlow's two libraries and `include/`. */
  readonly tensorflow: string;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Compiles tfjs-node's binding against TensorFlow's C interface: one Node-API binary for every version of Node and both builds of
 * TensorFlow. It looks for TensorFlow in `../../deps/tensorflow` beside itself.
 *
 * @param target - path of the `.node` file, written whole or not at all
 * @throws `NativeError` `no-compiler`, `compile-failed`, `no-headers`, `disk-full`
 */
export async function compileBinding({ tfjsNode, tensorflow, env = process.env }: BindingInput, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const work = await mkdtemp(join(dirname(target), '.compile-'));
  try {
    const compat = join(work, 'compat.cc');
    await writeFile(compat, COMPAT);
    const output = join(work, 'tfjs_binding.node');
    const compiler = env['CXX'] || 'g++';
    const run = await runCommand(
      compiler,
      [
        ...['-std=c++17', '-O2', '-s', '-shared', '-fPIC', '-fvisibility=hidden', '-DNAPI_VERSION=8'],
        ...['-I', join(nodeHeaders(), 'include'), '-I', join(tensorflow, 'include')],
        ...[join(tfjsNode, 'binding', 'tfjs_backend.cc'), join(tfjsNode, 'binding', 'tfjs_binding.cc'), compat],
        ...['-o', output, `-L${tensorflow}`, ...LIBRARIES.map((name) => `-l:${name}`), '-Wl,-rpath,$ORIGIN/../../deps/tensorflow'],
      ],
      { env: { ...env, TMPDIR: work } },
    );
    if (run.kind === 'missing') {
      throw new NativeError('no-compiler', `there is no C++ compiler (${compiler}) to build the binding with`, {
        hint: 'apt-get install g++ (dnf install gcc-c++, pacman -S gcc), then again',
      });
    }
    if (run.code !== 0) {
      if (/No space left/i.test(run.stderr)) throw asDiskFull(Object.assign(new Error(), { code: 'ENOSPC' }), work);
      throw new NativeError('compile-failed', `${compiler} did not build the binding: ${lastLine(run.stderr)}`, {
        hint: 'g++ 9 or later is needed, with the C++ library it brings: apt-get install g++',
      });
    }
    await rename(output, target);
  } catch (error) {
    throw asDiskFull(error, target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The binding that a published package carries, or undefined. */
export async function readyMadeBinding(): Promise<string | undefined> {
  return (await stat(prebuiltPath()).catch(() => undefined)) && prebuiltPath();
}

/** Where a release has its binding: `prebuilt/` of this package, beside `src/` and `dist/` alike. */
export function prebuiltPath(): string {
  return join(dirname(dirname(fileURLToPath(import.meta.url))), 'prebuilt', 'tfjs_binding.node');
}

/** The one new symbol of libstdc++ 11 that the binding would ask for; with its own, it runs where TensorFlow does. */
const COMPAT = `#include <cstdlib>
namespace std { __attribute__((visibility("hidden"))) void __throw_bad_array_new_length() { std::abort(); } }
`;

function nodeHeaders(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve('node-api-headers/package.json'));
  } catch (cause) {
    throw new NativeError('no-headers', "node-api-headers, Node's C headers, is not installed", {
      hint: 'npm install node-api-headers',
      cause,
    });
  }
}
