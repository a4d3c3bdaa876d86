import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { cacheCandidates } from '../src/cacheFolder.js';
import { installNative, nativeStatus, removeNative } from '../src/index.js';
import { TENSORFLOW_WHEELS, TFJS_PACKAGES } from '../src/pins.js';
import { failureOf, scratch } from './fixtures.js';

// With the real TensorFlow, where an earlier `tfjs-native install` has put it into the cache; without it these are skipped by name.
const cache = cacheCandidates('/nowhere', process.env)[0]!;
const { distribution, version } = TENSORFLOW_WHEELS.cpu;
const entry = `${distribution}-${version}`;
const stocked = existsSync(join(cache, entry, 'manifest.json')) && existsSync(join(cache, 'npm', TFJS_PACKAGES.cpu.tarball));
const withTensorFlow = stocked ? describe : describe.skip;

/** A project with tfjs, and a cache of its own with TensorFlow but without a binding. */
function project(): { folder: string; cache: string } {
  const folder = scratch();
  const modules = dirname(dirname(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs/package.json'))));
  mkdirSync(join(folder, 'node_modules', '@tensorflow'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{}');
  symlinkSync(join(modules, '@tensorflow', 'tfjs'), join(folder, 'node_modules', '@tensorflow', 'tfjs'));
  const own = join(folder, 'cache');
  mkdirSync(own);
  for (const part of [entry, 'npm']) symlinkSync(join(cache, part), join(own, part));
  return { folder, cache: own };
}

withTensorFlow('installNative, with TensorFlow in the cache', () => {
  const { folder, cache: own } = project();
  const options = { project: folder, build: 'cpu', env: { ...process.env, MGMT_NATIVE_CACHE: own } } as const;

  it('without a compiler says how to install one, and leaves the project as it was', async () => {
    const failure = await failureOf(installNative({ ...options, env: { ...options.env, PATH: '' } }));
    expect(failure).toMatchObject({ code: 'no-compiler', message: expect.stringContaining('apt-get install g++') });
    expect(readdirSync(join(folder, 'node_modules', '@tensorflow'))).toEqual(['tfjs']);
  });

  it('compiles, places and proves; then is done at once', async () => {
    expect(await installNative(options)).toMatchObject({ kind: 'installed', tensorflowVersion: version, source: 'cache' });
    const again = await installNative(options);
    expect(again).toMatchObject({ kind: 'unchanged', tensorflowVersion: version });
    expect((again as { elapsedMs: number }).elapsedMs).toBeLessThan(1_000);
  }, 120_000);

  it('computes in the project', () => {
    const program =
      "const tf = require('@tensorflow/tfjs-node'); console.log(tf.getBackend(), tf.topk([1, 3, 2], 2).values.dataSync().join())";
    expect(execFileSync(process.execPath, ['-e', program], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })).toBe(
      'tensorflow 3,2\n',
    );
  });

  it('tells its state', async () => {
    const status = await nativeStatus({ project: folder });
    expect(status).toMatchObject({ kind: 'ready', build: 'cpu', tensorflowVersion: version, onGpu: false, installedBy: 'tfjs-native' });
    expect((status as { sizeBytes: number }).sizeBytes).toBeGreaterThan(800e6);
  }, 30_000);

  it('says that TensorFlow is gone, and puts the package back when it is there again', async () => {
    rmSync(join(own, entry));
    expect(await nativeStatus({ project: folder })).toMatchObject({ kind: 'broken', reason: expect.stringContaining('no longer whole') });
    symlinkSync(join(cache, entry), join(own, entry));
    rmSync(join(folder, 'node_modules', '@tensorflow', 'tfjs-node'), { recursive: true });
    expect(await installNative({ ...options, env: { ...options.env, PATH: '' } })).toMatchObject({ kind: 'installed', source: 'cache' }); // the binding was kept
  }, 30_000);

  it('removes what it placed', async () => {
    expect((await removeNative({ project: folder })).removed).toEqual([join(folder, 'node_modules', '@tensorflow', 'tfjs-node')]);
    expect(await nativeStatus({ project: folder })).toMatchObject({ kind: 'absent' });
  });
});
