import { cp, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkSpace } from './cacheFolder.js';
import { lastLine, runCommand } from './command.js';
import { readEntry, sealEntry, type Entry } from './entry.js';
import { asDiskFull, NativeError } from './nativeError.js';
import { TFJS_PACKAGES, TFJS_VERSION, type Build } from './pins.js';
import { runNpm } from './tfjsPackage.js';

/**
 * The last resort: tfjs-node's own install script, which fetches TensorFlow 2.9.1 of 2022 (for CUDA 11.2) from its one download host. It
 * runs in a folder of its own; what it made goes to the cache as `deps/` and `lib/`.
 *
 * @throws `NativeError` `own-installer`, `disk-full`
 */
export async function runOwnInstaller(build: Build, cache: string, { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv }): Promise<Entry> {
  const { name } = TFJS_PACKAGES[build];
  const entryName = `${name.split('/')[1]!}-${TFJS_VERSION}-own`;
  const ready = await readEntry(cache, entryName);
  if (ready) return ready;
  const work = join(cache, `.staging-${entryName}`);
  try {
    await rm(work, { recursive: true, force: true });
    await mkdir(join(work, 'result'), { recursive: true });
    await checkSpace(work, 1_500_000_000, "tfjs-node's own installer");
    await writeFile(join(work, 'package.json'), JSON.stringify({ private: true, dependencies: { [name]: TFJS_VERSION } }));
    const npm = await runNpm(
      [
        'install',
        '--prefix',
        work,
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        '--no-package-lock',
        '--fetch-retries=1',
        '--fetch-retry-mintimeout=1000',
        '--loglevel=error',
      ],
      { cwd, env },
    );
    if (npm.kind === 'missing' || npm.code !== 0) throw failure(npm.kind === 'missing' ? 'there is no npm' : lastLine(npm.stderr));
    const folder = join(work, 'node_modules', ...name.split('/'));
    const path = `${join(work, 'node_modules', '.bin')}:${env['PATH'] ?? ''}`; // it calls node-pre-gyp
    const script = await runCommand(process.execPath, [join('scripts', 'install.js'), build, 'download'], {
      cwd: folder,
      env: { ...env, PATH: path },
      timeoutMs: 900_000,
    });
    const binding = join(folder, 'lib', 'napi-v8', 'tfjs_binding.node');
    if (!(await stat(binding).catch(() => undefined)))
      throw failure(script.kind === 'ended' ? causeIn(script.stderr || script.stdout) : 'there is no node');
    for (const part of ['deps', 'lib'])
      await cp(join(folder, part), join(work, 'result', part), { recursive: true, verbatimSymlinks: true });
    const manifest = { wheels: [], source: 'own-installer' as const, sizes: await sizesOf(join(work, 'result')) };
    return await sealEntry(cache, entryName, join(work, 'result'), manifest);
  } catch (error) {
    throw asDiskFull(error, work);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function sizesOf(folder: string): Promise<Record<string, number>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(files.map(async (path) => [path.slice(folder.length + 1), (await stat(path)).size] as const)),
  );
}

/** The line that names the error, not those of its stack. */
const causeIn = (output: string) => /^\s*(?:\w*Error|Caused by):? .*$/m.exec(output)?.[0].trim() ?? lastLine(output);

function failure(reason: string): NativeError {
  return new NativeError('own-installer', `tfjs-node's own installer did not help either: ${reason}`);
}
