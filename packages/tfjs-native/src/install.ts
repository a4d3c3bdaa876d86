import { mkdtemp, readdir, realpath, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { extract } from 'tar';
import { compileBinding, readyMadeBinding } from './binding.js';
import { cacheFolder, megabytes } from './cacheFolder.js';
import { missingParts, planEntry, readEntry, stockEntry, type Entry } from './entry.js';
import { withLock } from './lock.js';
import { hasNvidiaDriver, judgePlatform, readMachine } from './machine.js';
import { codeOf, oneLine } from './nativeError.js';
import { runOwnInstaller } from './ownInstaller.js';
import { TENSORFLOW_VERSION, TFJS_PACKAGES, TFJS_VERSION, type Build } from './pins.js';
import { findProject, packageTarget, readMarker, type Project } from './project.js';
import { prove, type Proof } from './prove.js';
import { removePackages } from './remove.js';
import { placePackage, tfjsTarball } from './tfjsPackage.js';
import { getWheel, type WheelSource } from './wheelSources.js';

/** What {@link installNative} puts where, and from where it takes it. */
export interface InstallOptions {
  /** A folder of the project that gets the backend, at or under the one whose `node_modules` holds `@tensorflow/tfjs`. Default: the working folder. */
  readonly project?: string;
  /** Default `auto`: `gpu` where NVIDIA's driver library is, else `cpu`. */
  readonly build?: Build | 'auto';
  /** A wheel of TensorFlow, or a folder with it and with tfjs-node's tarball, for a machine without a network. Then no wheel is fetched. */
  readonly from?: string;
  /** Do it all again but the downloads: unpack, compile, place and prove. */
  readonly force?: boolean;
  /** Called with a line for each step that takes time. */
  readonly onProgress?: (line: string) => void;
  /** Default: this process's. Of ours it holds `MGMT_NATIVE_CACHE`. */
  readonly env?: NodeJS.ProcessEnv;
}

/** How {@link installNative} ended. */
export type InstallResult =
  | {
      /** `unchanged`: it was in place already. */
      readonly kind: 'installed' | 'unchanged';
      readonly build: Build;
      readonly packageName: string;
      readonly tensorflowVersion: string;
      /** Where TensorFlow came from, when it came; `cache` when it was there. */
      readonly source: WheelSource | 'own-installer' | 'cache';
      /** The package's folder in the project. */
      readonly folder: string;
      readonly cache: string;
      readonly elapsedMs: number;
      /** Things to know that are no failure. */
      readonly notes: readonly string[];
    }
  | { readonly kind: 'unsupported'; readonly platform: string; readonly reason: string };

/**
 * Puts a current TensorFlow under `@tensorflow/tfjs-node` (or `-gpu`) in a project, beside its one copy of `@tensorflow/tfjs`.
 *
 * TensorFlow comes from the cache, else from the wheel that `from` names, else by pip, else from the index that PIP_INDEX_URL names, else by
 * tfjs-node's own installer (an old one). Safe to run twice, and twice at once. Where TensorFlow's Linux wheels cannot run, nothing is
 * done and the result says so.
 *
 * @throws `NativeError`: `no-project`, `no-writable-cache`, `disk-full`, `no-compiler`, `no-pip`, `no-network`, `no-npm`, `hash-mismatch`,
 * `truncated`, `broken-wheel`, `unknown-wheel`, `not-found`, `compile-failed`, `cannot-load`, `locked`
 * @example
 * const result = await installNative({ onProgress: console.error });
 * if (result.kind === 'unsupported') console.error(result.reason); // the other backends of tfjs still run
 */
export async function installNative(options: InstallOptions = {}): Promise<InstallResult> {
  const startedMs = performance.now();
  const { from, force = false, onProgress: say = () => {}, env = process.env } = options;
  const platform = judgePlatform(readMachine());
  if (platform.kind === 'unsupported') return { kind: 'unsupported', platform: platform.name, reason: platform.reason };

  const project = await findProject(options.project ?? process.cwd());
  const wished = options.build ?? 'auto';
  const build = wished === 'auto' ? ((await hasNvidiaDriver()) ? 'gpu' : 'cpu') : wished;
  const target = packageTarget(project, build);
  const notes =
    project.tfjsVersion === TFJS_VERSION
      ? []
      : [`@tensorflow/tfjs is ${project.tfjsVersion} here; ${TFJS_PACKAGES[build].name} ${TFJS_VERSION} was made for ${TFJS_VERSION}`];
  const result = (
    kind: 'installed' | 'unchanged',
    cache: string,
    tensorflowVersion: string,
    source: WheelSource | 'own-installer' | 'cache',
  ): InstallResult => ({
    ...{ kind, build, packageName: TFJS_PACKAGES[build].name, tensorflowVersion, source, folder: target, cache },
    ...{ elapsedMs: performance.now() - startedMs, notes },
  });

  const inPlace = force ? undefined : await installedHere(target);
  if (inPlace) {
    await removePackages(project, build === 'cpu' ? 'gpu' : 'cpu');
    return result('unchanged', inPlace.cache, inPlace.tensorflow, 'cache');
  }

  const cache = await cacheFolder(project.folder, env);
  return withLock(
    cache,
    async () => {
      await sweepCache(cache);
      const meanwhile = force ? undefined : await installedHere(target); // by the one that we waited for
      if (meanwhile) return result('unchanged', meanwhile.cache, meanwhile.tensorflow, 'cache');
      const work = { build, cache, project, target, from, force, env, say, notes };
      const tarball = await tfjsTarball(build, cache, { cwd: project.folder, env, from });
      const { entry, source } = await tensorflowEntry(work);
      const proof = await placeAndProve(work, entry, tarball);
      await removePackages(project, build === 'cpu' ? 'gpu' : 'cpu'); // two native backends in one process would fight over the op registry
      return result('installed', cache, proof.tensorflowVersion, source);
    },
    { onWait: (owner) => say(`waiting for ${owner}, which is installing into ${cache}`) },
  );
}

interface Work {
  readonly build: Build;
  readonly cache: string;
  readonly project: Project;
  readonly target: string;
  readonly from: string | undefined;
  readonly force: boolean;
  readonly env: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
  readonly notes: string[];
}

/** What an earlier run left, when all of it is still there: package, binding, and TensorFlow of the size that it had. */
export async function installedHere(target: string): Promise<{ tensorflow: string; cache: string; entry: Entry } | undefined> {
  const marker = await readMarker(target);
  if (!marker || marker.tfjsNode !== TFJS_VERSION) return undefined;
  const entry = await readEntry(marker.cache, marker.entry);
  if (!entry || (entry.manifest.source !== 'own-installer' && marker.tensorflow !== TENSORFLOW_VERSION)) return undefined;
  const binding = await stat(join(target, 'lib', 'napi-v8', 'tfjs_binding.node')).catch(() => undefined);
  const [link, folder] = entry.manifest.source === 'own-installer' ? ['deps', 'deps'] : ['deps/tensorflow', 'tensorflow'];
  const linked = await realpath(join(target, link)).catch(() => undefined);
  const leads = linked !== undefined && linked === (await realpath(join(entry.folder, folder)));
  const complete = leads && binding?.size === marker.bindingBytes && (await stat(join(target, 'dist', 'index.js')).catch(() => undefined));
  return complete ? { tensorflow: marker.tensorflow, cache: marker.cache, entry } : undefined;
}

/** The cache entry with TensorFlow, filled when it is not there. */
export async function tensorflowEntry({
  build,
  cache,
  project,
  from,
  env,
  say,
  notes,
}: Omit<Work, 'target' | 'force'>): Promise<{ entry: Entry; source: WheelSource | 'own-installer' | 'cache' }> {
  const plan = await planEntry(build);
  const missing = await missingParts(cache, plan);
  if (plan.note && missing.length > 0) say(plan.note);
  if (missing.length > 0 && from === undefined) {
    const bytes = missing.reduce((sum, { pin }) => sum + pin.files[0]!.sizeBytes, 0);
    say(`${megabytes(bytes)} to fetch: ${missing.map(({ pin }) => `${pin.distribution} ${pin.version}`).join(', ')}`);
  }
  try {
    const entry = await stockEntry(
      cache,
      plan,
      (pin, downloads) => getWheel(pin, { from, downloads, cwd: project.folder, env, say }),
      from !== undefined,
    );
    return { entry, source: missing.length > 0 ? (entry.manifest.source as WheelSource) : 'cache' };
  } catch (error) {
    const hopeless = from !== undefined || !['no-pip', 'no-network', 'no-index', 'not-found'].includes(codeOf(error) ?? '');
    if (hopeless) throw error;
    say(`${oneLine(error)}; trying tfjs-node's own installer`);
    try {
      const entry = await runOwnInstaller(build, cache, { cwd: project.folder, env });
      notes.push(`TensorFlow is the old one of tfjs-node's own installer, since ${oneLine(error)}`);
      return { entry, source: 'own-installer' };
    } catch (second) {
      if (codeOf(second) !== 'own-installer') throw second;
      say(oneLine(second));
      throw error; // the first one is the one that the user can do something about
    }
  }
}

/** Takes the binding that the package carries; where it does not load, or there is none, compiles one, which the cache keeps. */
async function placeAndProve(work: Work, entry: Entry, tarball: string): Promise<Proof> {
  const own = entry.manifest.source === 'own-installer';
  if (own) return place(work, entry, tarball, join(entry.folder, 'lib', 'napi-v8', 'tfjs_binding.node'));
  const ready = await readyMadeBinding();
  if (ready) {
    try {
      return await place(work, entry, tarball, ready);
    } catch (error) {
      if (codeOf(error) !== 'cannot-load') throw error;
      work.say(`the ready-made binding does not run here (${oneLine(error)}); compiling it`);
    }
  }
  const compiled = join(work.cache, `binding-${TFJS_VERSION}-tensorflow-${TENSORFLOW_VERSION}`, 'tfjs_binding.node');
  if (work.force || !(await stat(compiled).catch(() => undefined))) {
    work.say('compiling the binding (some 15 s)');
    await compileFrom(tarball, entry, compiled, work);
  }
  try {
    return await place(work, entry, tarball, compiled);
  } catch (error) {
    if (codeOf(error) === 'cannot-load') await rm(compiled, { force: true }); // not kept for the next project
    throw error;
  }
}

/** Compiles the binding out of tfjs-node's tarball. */
export async function compileFrom(
  tarball: string,
  entry: Entry,
  compiled: string,
  { cache, env }: Pick<Work, 'cache' | 'env'>,
): Promise<void> {
  const source = await mkdtemp(join(cache, '.source-'));
  try {
    await extract({ file: tarball, cwd: source, strip: 1, filter: (path) => path.startsWith('package/binding/') });
    await compileBinding({ tfjsNode: source, tensorflow: join(entry.folder, 'tensorflow'), env }, compiled);
  } finally {
    await rm(source, { recursive: true, force: true });
  }
}

async function place({ build, cache, target }: Work, entry: Entry, tarball: string, binding: string): Promise<Proof> {
  const own = entry.manifest.source === 'own-installer';
  const name = entry.folder.slice(resolve(cache).length + 1);
  await placePackage({
    ...{ tarball, target, binding },
    dependencies: own
      ? { name: 'deps', folder: join(entry.folder, 'deps') }
      : { name: 'deps/tensorflow', folder: join(entry.folder, 'tensorflow') },
    marker: { build, tfjsNode: TFJS_VERSION, tensorflow: own ? '2.9.1' : TENSORFLOW_VERSION, entry: name, cache },
  });
  try {
    return await prove(target);
  } catch (error) {
    await rm(target, { recursive: true, force: true }); // a package that does not load would only be in the way
    throw error;
  }
}

/** What processes that died left in the cache. Only the lock's holder may judge that. */
async function sweepCache(cache: string): Promise<void> {
  for (const folder of [cache, join(cache, 'npm')]) {
    for (const name of await readdir(folder).catch(() => [])) {
      if (/^\.(source|fetch)-/.test(name)) await rm(join(folder, name), { recursive: true, force: true });
    }
  }
}
