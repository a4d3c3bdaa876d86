import { createRequire } from 'node:module';
import { chmod, copyFile, cp, lstat, mkdir, mkdtemp, readdir, realpath, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { extract } from 'tar';
import { checkIntegrity } from './checkFile.js';
import { lastLine, runCommand, soundsOffline } from './command.js';
import { asDiskFull, NativeError } from './nativeError.js';
import { TFJS_PACKAGES, TFJS_VERSION, type Build } from './pins.js';
import { MARKER, readJson, type Marker } from './project.js';

/**
 * tfjs-node's published tarball, verified, out of the cache: `npm pack` puts it there, so that the user's registry, proxy and credentials
 * hold; with `from` it is taken from that folder (or the folder of that wheel) instead, if it is there.
 *
 * @throws `NativeError` `no-npm`, `no-network`, `not-found`, `hash-mismatch`, `disk-full`
 */
export async function tfjsTarball(
  build: Build,
  cache: string,
  options: { cwd: string; env: NodeJS.ProcessEnv; from?: string | undefined },
): Promise<string> {
  const { name, tarball, integrity } = TFJS_PACKAGES[build];
  const kept = join(cache, 'npm', tarball);
  if (await exists(kept)) {
    const good = await checkIntegrity(kept, integrity).then(
      () => true,
      () => false,
    );
    if (good) return kept;
  }
  try {
    await mkdir(dirname(kept), { recursive: true });
    const work = await mkdtemp(join(cache, 'npm', '.fetch-'));
    try {
      const given = options.from === undefined ? undefined : await besideNamed(options.from, tarball);
      if (given) await copyFile(given, join(work, tarball));
      else await npmPack(`${name}@${TFJS_VERSION}`, work, options);
      await checkIntegrity(join(work, tarball), integrity);
      await rename(join(work, tarball), kept);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  } catch (error) {
    throw asDiskFull(error, kept);
  }
  return kept;
}

async function besideNamed(from: string, tarball: string): Promise<string | undefined> {
  const path = resolve(from);
  const folder = (await stat(path).catch(() => undefined))?.isDirectory() ? path : dirname(path);
  return (await exists(join(folder, tarball))) ? join(folder, tarball) : undefined;
}

async function npmPack(spec: string, folder: string, { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv }): Promise<void> {
  const run = await runNpm(
    [
      'pack',
      spec,
      '--pack-destination',
      folder,
      '--ignore-scripts',
      '--fetch-retries=1',
      '--fetch-retry-mintimeout=1000',
      '--loglevel=error',
    ],
    {
      cwd,
      env,
    },
  );
  const where = `npm pack ${spec}`;
  if (run.kind === 'missing')
    throw new NativeError('no-npm', 'npm, which fetches tfjs-node, is not on the PATH', {
      where,
      hint: 'install npm, which comes with Node',
    });
  if (run.code === 0 && (await readdir(folder)).length > 0) return;
  const said = `${run.stdout}\n${run.stderr}`;
  const reason = /npm error (?!A complete log|code |errno |syscall )(.*)/.exec(said)?.[1] ?? lastLine(said);
  if (soundsOffline(said)) {
    throw new NativeError('no-network', `npm cannot reach its registry (${reason})`, {
      where,
      hint: `check the network and npm's registry and proxy, or run "${where}" elsewhere and put the file beside the wheel: tfjs-native install --from FOLDER`,
    });
  }
  if (/ENOSPC/.test(said)) throw asDiskFull(Object.assign(new Error(), { code: 'ENOSPC' }), folder);
  throw new NativeError('not-found', `npm did not fetch it: ${reason}`, { where, hint: `see that "${where}" works` });
}

/** Runs the npm of this Node (or the one that runs us), in the user's project, free of the flags of a running `npm ci`. */
export async function runNpm(args: readonly string[], { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv }) {
  const inherited = Object.entries(env).filter(
    ([key]) =>
      !/^npm_config_(workspaces?|include_workspace_root|prefix|global|dry_run|json|offline|omit|include|ignore_scripts)$/i.test(key),
  );
  const clean = { ...Object.fromEntries(inherited), npm_config_update_notifier: 'false' };
  const running = env['npm_execpath'];
  if (running && /npm-cli\.js$/.test(running) && (await exists(running)))
    return runCommand(process.execPath, [running, ...args], { cwd, env: clean });
  return runCommand('npm', args, { cwd, env: clean });
}

export interface Placement {
  readonly tarball: string;
  readonly target: string;
  /** The folder that becomes `deps`, or that `deps/tensorflow` leads to. */
  readonly dependencies: { readonly name: 'deps' | 'deps/tensorflow'; readonly folder: string };
  readonly binding: string;
  readonly marker: Omit<Marker, 'bindingBytes'>;
}

/**
 * Unpacks tfjs-node beside the project's tfjs, with the binding, a link to TensorFlow, and the three packages that it needs to run, and
 * without its own install script. It appears whole, by a rename; what stood there goes.
 */
export async function placePackage({ tarball, target, dependencies, binding, marker }: Placement): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const work = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  try {
    await chmod(work, 0o755); // temporary folders are private
    await extract({ file: tarball, cwd: work, strip: 1 });
    const native = join(work, 'lib', 'napi-v8');
    await mkdir(native, { recursive: true });
    await copyFile(binding, join(native, 'tfjs_binding.node'));
    await mkdir(dirname(join(work, dependencies.name)), { recursive: true });
    await symlink(dependencies.folder, join(work, dependencies.name), 'dir'); // a link of a folder: CUDA is found from $ORIGIN/../nvidia
    await addRuntimePackages(work);
    await linkCore(work, target);
    await rewriteManifest(work);
    const { size } = await stat(binding);
    await writeFile(join(work, MARKER), JSON.stringify({ ...marker, bindingBytes: size } satisfies Marker, null, 2));
    await swapIn(work, target);
  } catch (error) {
    throw asDiskFull(error, target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function addRuntimePackages(work: string): Promise<void> {
  const require = createRequire(import.meta.url);
  for (const name of RUNTIME_PACKAGES) {
    const folder = dirname(require.resolve(`${name}/package.json`));
    await cp(folder, join(work, 'node_modules', name), {
      recursive: true,
      dereference: true,
      filter: (path) => basename(path) !== 'node_modules' || path === folder,
    });
  }
  const shim = join(work, 'node_modules', '@mapbox', 'node-pre-gyp');
  await mkdir(shim, { recursive: true });
  await writeFile(
    join(shim, 'package.json'),
    JSON.stringify({ name: '@mapbox/node-pre-gyp', version: '0.0.0-tfjs-native', main: 'index.js' }),
  );
  await writeFile(join(shim, 'index.js'), SHIM);
}

/** tfjs-node also asks for tfjs-core, which pnpm puts beside tfjs alone: then it gets a link to that one. */
async function linkCore(work: string, target: string): Promise<void> {
  const core = '@tensorflow/tfjs-core/package.json';
  const from = (folder: string) => createRequire(join(folder, 'package.json')).resolve(core);
  try {
    from(target);
  } catch {
    const tfjs = await realpath(join(dirname(target), 'tfjs')).catch(() => undefined);
    if (tfjs === undefined) return;
    await mkdir(join(work, 'node_modules', '@tensorflow'), { recursive: true });
    await symlink(dirname(from(tfjs)), join(work, 'node_modules', '@tensorflow', 'tfjs-core'), 'dir');
  }
}

/** What tfjs-node's compiled JavaScript requires when it runs, beside tfjs and node-pre-gyp. */
const RUNTIME_PACKAGES = ['google-protobuf', 'progress'];

/** Loaded by tfjs-node before its backend: says where the binding is, and lays what newer Nodes lack. */
const SHIM = `'use strict';
// Written by @mgmt/tfjs-native in place of node-pre-gyp, of which tfjs-node uses one function.
const path = require('path');
const util = require('util');
util.isNullOrUndefined = (value) => value === null || value === undefined; // gone from Node 23 on
util.isArray = Array.isArray; // deprecated: says so on stderr
process.env.TF_CPP_MIN_LOG_LEVEL ??= '1'; // warnings; of the notes at every start only oneDNN's stays, which TensorFlow always prints
exports.find = (manifest) => path.join(path.dirname(manifest), 'lib', 'napi-v8', 'tfjs_binding.node');
`;

/** tfjs-node's own install script would undo all this on `npm rebuild`; its dependencies are those that are here. */
async function rewriteManifest(work: string): Promise<void> {
  const published = (await readJson<Record<string, unknown>>(join(work, 'package.json')))!;
  const { scripts: _scripts, gypfile: _gypfile, devDependencies: _dev, dependencies: _dependencies, ...kept } = published;
  const inside = [...RUNTIME_PACKAGES, '@mapbox/node-pre-gyp'];
  const manifest = {
    ...kept,
    peerDependencies: { '@tensorflow/tfjs': '*' },
    dependencies: Object.fromEntries(inside.map((name) => [name, '*'])),
    bundleDependencies: inside,
  };
  await writeFile(join(work, 'package.json'), JSON.stringify(manifest, null, 2));
}

/** Two of us at once in one project: the later one wins, and neither leaves half a package. */
async function swapIn(work: string, target: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    if (await exists(target)) {
      const aside = await mkdtemp(join(dirname(target), `.${basename(target)}-old-`));
      await rename(target, join(aside, 'package')).catch(() => {});
      await rm(aside, { recursive: true, force: true });
    }
    try {
      await rename(work, target);
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if ((code !== 'ENOTEMPTY' && code !== 'EEXIST') || attempt === 5) throw error;
    }
  }
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}
