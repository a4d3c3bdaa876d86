import { readdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { megabytes } from './cacheFolder.js';
import { checkWheel } from './checkFile.js';
import { lastLine, runCommand, soundsOffline } from './command.js';
import { codeOf, DISK_HINT, NativeError } from './nativeError.js';
import { fetchFromIndex } from './packageIndex.js';
import type { WheelPin } from './pins.js';

/** Where a wheel came from. */
export type WheelSource = 'named' | 'pip' | 'index';

/** A verified wheel on disk. `keep`: it is the user's, not ours to delete. */
export interface Wheel {
  readonly path: string;
  readonly source: WheelSource;
  readonly keep: boolean;
}

export interface WheelSourceOptions {
  /** A wheel, or a folder that holds it. When given, nothing is fetched. */
  readonly from?: string | undefined;
  /** Downloads go here; the caller removes it. */
  readonly downloads: string;
  /** The user's project: pip and npm read its configuration from there. */
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly say?: (line: string) => void;
}

/**
 * Gets one wheel: the one that the user names, else by pip, else (no pip, or a pip that fails) from the index that `PIP_INDEX_URL` names.
 *
 * @throws `NativeError`; of several failures the one that the user can do most about
 */
export async function getWheel(pin: WheelPin, options: WheelSourceOptions): Promise<Wheel> {
  const { from, downloads, cwd, env = process.env, say = () => {} } = options;
  if (from !== undefined) return { path: await findNamed(pin, from), source: 'named', keep: true };
  const label = `${pin.distribution} ${pin.version} (${megabytes(pin.files[0]!.sizeBytes)})`;
  try {
    return {
      path: await downloadByPip(pin, { downloads, cwd, env, announce: () => say(`fetching ${label} by pip`) }),
      source: 'pip',
      keep: false,
    };
  } catch (error) {
    const index = env['PIP_INDEX_URL'];
    if (!index || codeOf(error) === 'disk-full') throw error;
    say(`fetching ${label} from the index that PIP_INDEX_URL names`);
    return { path: await fetchFromIndex(pin, index, downloads, env), source: 'index', keep: false };
  }
}

/**
 * The pinned wheel at a path: the file itself, or any of the pin's names in a folder. A file under another name is refused: it has no
 * hash to be checked against.
 *
 * @throws `NativeError` `not-found`, `unknown-wheel`, `truncated`, `hash-mismatch`
 */
export async function findNamed(pin: WheelPin, from: string): Promise<string> {
  const path = resolve(from);
  const found = await stat(path).catch((cause: unknown) => {
    throw new NativeError('not-found', 'no such file or folder', {
      where: path,
      cause,
      hint: `--from takes ${pin.files[0]!.name}, or a folder with it`,
    });
  });
  const folder = found.isDirectory() ? path : dirname(path);
  const names = new Set(await readdir(folder));
  const isOther = !found.isDirectory() && !basename(path).startsWith(`${pin.distribution.replaceAll('-', '_')}-`);
  const file =
    found.isDirectory() || isOther
      ? pin.files.find(({ name }) => names.has(name)) // beside the wheel that was named, there may be the others
      : pin.files.find(({ name }) => name === basename(path));
  if (!file) {
    throw new NativeError('unknown-wheel', `${pin.distribution} ${pin.version} is not here`, {
      where: path,
      expected: `one of ${pin.files.map(({ name }) => name).join(', ')}`,
      found: found.isDirectory() ? [...names].filter((name) => name.endsWith('.whl')).join(', ') || 'no wheel' : basename(path),
      hint: `on a machine with a network: pip download --no-deps --only-binary=:all: --python-version 3.12 --platform manylinux_2_27_x86_64 ${pin.distribution}==${pin.version}`,
    });
  }
  const wheel = join(folder, file.name);
  await checkWheel(wheel, file);
  return wheel;
}

interface PipOptions {
  readonly downloads: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly announce?: () => void;
}

/**
 * `pip download` of exactly the pinned files, for whichever Python's wheel the user's index has.
 *
 * @throws `NativeError` `no-pip`, `no-network`, `disk-full`, `hash-mismatch`, `truncated`, `not-found`
 */
export async function downloadByPip(pin: WheelPin, { downloads, cwd, env, announce }: PipOptions): Promise<string> {
  const [program, ...pip] = await findPip(env);
  announce?.();
  const requirements = join(downloads, 'requirements.txt');
  const hashes = pin.files.map(({ sha256 }) => `--hash=sha256:${sha256}`).join(' ');
  await writeFile(requirements, `${pin.distribution}==${pin.version} ${hashes}\n`);
  let said = '';
  for (const file of pin.files) {
    const args = [
      'download',
      '--no-deps',
      '--only-binary=:all:',
      '--no-cache-dir',
      '--disable-pip-version-check',
      '--retries',
      '2',
      '--require-hashes',
    ];
    const run = await runCommand(program!, [...pip, ...args, ...tagsOf(file.name), '-r', requirements, '-d', downloads], {
      cwd,
      env: { ...env, TMPDIR: downloads }, // pip's own temporary copy, on the disk whose space was checked
      show: process.stderr.isTTY === true,
    });
    said = run.kind === 'ended' ? `${run.stdout}\n${run.stderr}` : '';
    const name = (await readdir(downloads)).find((name) => pin.files.some((file) => file.name === name));
    if (run.kind === 'ended' && run.code === 0 && name) {
      await checkWheel(
        join(downloads, name),
        pin.files.find((file) => file.name === name)!,
      );
      return join(downloads, name);
    }
    if (!/No matching distribution|not a supported wheel/i.test(said) || soundsOffline(said)) break;
  }
  throw pipFailure(pin, said);
}

function pipFailure(pin: WheelPin, said: string): NativeError {
  const where = `pip download ${pin.distribution}==${pin.version}`;
  if (/No space left|Errno 28|Disk quota/i.test(said)) return new NativeError('disk-full', 'the disk is full', { where, hint: DISK_HINT });
  if (/DO NOT MATCH THE HASHES/i.test(said)) {
    return new NativeError('hash-mismatch', 'the index hands out another file than TensorFlow published, or cut it short', {
      where,
      found: /Got\s+(\w+)/.exec(said)?.[1] ?? 'another hash',
      hint: 'try again; then look at the index that pip is configured for (pip config list)',
    });
  }
  if (soundsOffline(said)) {
    return new NativeError('no-network', `pip cannot reach its index (${lastLine(said)})`, {
      where,
      hint: 'check the network and HTTPS_PROXY, or fetch the wheel elsewhere and name it: tfjs-native install --from WHEEL_OR_FOLDER',
    });
  }
  return new NativeError('not-found', lastLine(said), {
    where,
    hint: 'name a wheel or a folder that holds it: tfjs-native install --from WHEEL_OR_FOLDER',
  });
}

async function findPip(env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  for (const command of [['python3', '-m', 'pip'], ['python', '-m', 'pip'], ['pip3'], ['pip']]) {
    const [program, ...args] = command;
    const run = await runCommand(program!, [...args, '--version'], { env, timeoutMs: 30_000 });
    if (run.kind === 'ended' && run.code === 0) return command;
  }
  throw new NativeError('no-pip', 'pip, which fetches TensorFlow, is not installed', {
    hint: 'apt-get install python3-pip (dnf install python3-pip), or let PIP_INDEX_URL name a package index, or name a wheel: tfjs-native install --from WHEEL_OR_FOLDER',
  });
}

/** pip's flags for a file of these tags: `name-version-cp312-cp312-platform.platform.whl`. */
function tagsOf(name: string): string[] {
  const [python = 'py3', abi = 'none', platforms = ''] = name
    .replace(/\.whl$/, '')
    .split('-')
    .slice(-3);
  const version = /^cp(\d)(\d+)$/.exec(python);
  return [
    ...['--implementation', 'cp'],
    ...(version ? ['--python-version', `${version[1]}.${version[2]}`] : ['--python-version', '3.12']),
    ...['--abi', abi],
    ...platforms.split('.').flatMap((platform) => ['--platform', platform]),
  ];
}
