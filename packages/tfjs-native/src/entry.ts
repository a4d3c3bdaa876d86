import { mkdir, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkSpace, megabytes } from './cacheFolder.js';
import { findLibraries, type Found } from './machine.js';
import { asDiskFull, codeOf, NativeError } from './nativeError.js';
import { CUDA_WHEELS, HEADERS, LIBRARIES, TENSORFLOW_WHEELS, type Build, type WheelPin } from './pins.js';
import { readJson } from './project.js';
import type { Wheel, WheelSource } from './wheelSources.js';
import { extractZipMembers } from './zipMembers.js';

/**
 * One folder of the cache: what was taken of some wheels, in their own layout (`tensorflow/` next to `nvidia/`), and a manifest.
 * It appears whole, by a rename, and is never changed.
 */
export interface Entry {
  readonly folder: string;
  readonly manifest: Manifest;
}

export interface Manifest {
  readonly wheels: readonly string[];
  readonly source: WheelSource | 'own-installer';
  /** Of each file, under the entry. */
  readonly sizes: Readonly<Record<string, number>>;
}

/** A wheel and the members that are wanted of it. */
export interface Part {
  readonly pin: WheelPin;
  readonly wanted: (name: string) => boolean;
}

/** A folder of the machine that stands in for a wheel's `lib/`. */
interface Link {
  readonly path: string;
  readonly to: string;
}

/** What a build of TensorFlow is made of on this machine. */
export interface EntryPlan {
  readonly name: string;
  readonly parts: readonly Part[];
  readonly links: readonly Link[];
  /** Says where CUDA comes from; empty for the CPU build. */
  readonly note: string;
}

/** The CPU build: one wheel. The GPU build: another, and NVIDIA's wheels for what the machine does not have. */
export async function planEntry(build: Build): Promise<EntryPlan> {
  const tensorflow: Part = { pin: TENSORFLOW_WHEELS[build], wanted: (name) => TENSORFLOW_MEMBERS.has(name) };
  const name = `${tensorflow.pin.distribution}-${tensorflow.pin.version}`;
  if (build === 'cpu') return { name, parts: [tensorflow], links: [], note: '' };

  const found = await findLibraries(CUDA_LIBRARIES.flatMap(({ names }) => names));
  return planCuda(name, tensorflow, found);
}

/** Decides between the machine's CUDA and NVIDIA's wheels: all of CUDA from one place, cuDNN by itself. */
export function planCuda(name: string, tensorflow: Part, found: ReadonlyMap<string, Found>): EntryPlan {
  const has = (part: 'cuda' | 'cudnn') =>
    CUDA_LIBRARIES.filter((group) => group.part === part).every(({ names }) => names.every((library) => found.has(library)));
  const own = { cuda: has('cuda'), cudnn: has('cudnn') };
  const fetched = CUDA_WHEELS.filter(({ part }) => !own[part]);
  const links = CUDA_LIBRARIES.filter(({ part }) => own[part]).flatMap(({ folder, names }) => {
    const at = found.get(names[0]!);
    return at?.kind === 'folder' ? [{ path: join('nvidia', folder, 'lib'), to: dirname(at.path) }] : []; // the folder: libraries open their neighbors
  });
  const parts = fetched.map((pin): Part => ({ pin, wanted: (member) => /^nvidia\/[^/]+\/(lib|bin|nvvm)\//.test(member) }));
  const names = { cuda: 'CUDA 12', cudnn: 'cuDNN 9' };
  const note = (['cuda', 'cudnn'] as const)
    .map((part) => `${names[part]} ${own[part] ? 'of this machine' : "from NVIDIA's wheels"}`)
    .join(', ');
  const suffix = own.cuda && own.cudnn ? '-own-cuda' : own.cuda ? '-own-cuda-12' : own.cudnn ? '-own-cudnn' : '';
  return { name: `${name}${suffix}`, parts: [tensorflow, ...parts], links, note };
}

/**
 * The files without which TensorFlow 2.21's CUDA build leaves a GPU alone, by the folder of NVIDIA's wheels that it looks in first, then
 * those that cuDNN opens. NCCL (several GPUs) and CUPTI (profiling) are not needed.
 */
const CUDA_LIBRARIES: readonly { readonly part: 'cuda' | 'cudnn'; readonly folder: string; readonly names: readonly string[] }[] = [
  { part: 'cuda', folder: 'cuda_runtime', names: ['libcudart.so.12'] },
  { part: 'cuda', folder: 'cublas', names: ['libcublas.so.12', 'libcublasLt.so.12'] },
  { part: 'cuda', folder: 'cufft', names: ['libcufft.so.11'] },
  { part: 'cuda', folder: 'cusolver', names: ['libcusolver.so.11'] },
  { part: 'cuda', folder: 'cusparse', names: ['libcusparse.so.12'] },
  { part: 'cuda', folder: 'nvjitlink', names: ['libnvJitLink.so.12'] },
  { part: 'cuda', folder: 'cuda_nvrtc', names: ['libnvrtc.so.12'] },
  { part: 'cudnn', folder: 'cudnn', names: ['libcudnn.so.9'] },
];

const TENSORFLOW_MEMBERS: ReadonlySet<string> = new Set([
  ...LIBRARIES.map((name) => `tensorflow/${name}`),
  ...HEADERS.map((name) => `tensorflow/include/${name}`),
]);

/** What is left to fetch of a plan, after what an interrupted run has already unpacked. */
export async function missingParts(cache: string, plan: EntryPlan): Promise<readonly Part[]> {
  if (await readEntry(cache, plan.name)) return [];
  const done = new Set(await readdir(join(stagingOf(cache, plan.name), '.done')).catch(() => []));
  return plan.parts.filter(({ pin }) => !done.has(pin.distribution));
}

/**
 * Fills the cache entry of a plan, one wheel after another: each is fetched, verified, unpacked and deleted. What an interrupted run had
 * unpacked is kept and not fetched again.
 *
 * @param getWheel - hands over a verified wheel
 * @throws `NativeError` of `getWheel`, `broken-wheel`, `disk-full` (then nothing is left behind)
 */
export async function stockEntry(
  cache: string,
  plan: EntryPlan,
  getWheel: (pin: WheelPin, downloads: string) => Promise<Wheel>,
  isNamed = false,
): Promise<Entry> {
  const ready = await readEntry(cache, plan.name);
  if (ready) return ready;
  const staging = stagingOf(cache, plan.name);
  const downloads = join(staging, '.downloads');
  try {
    const missing = await missingParts(cache, plan);
    const unpacked = missing.reduce((sum, { pin }) => sum + pin.unpackedBytes, 0);
    const largest = isNamed ? 0 : Math.max(0, ...missing.map(({ pin }) => 2 * pin.files[0]!.sizeBytes)); // pip keeps a temporary copy
    await checkSpace(
      cache,
      unpacked + largest,
      `${missing.map(({ pin }) => pin.distribution).join(', ')} (${megabytes(unpacked)} unpacked)`,
    );
    await mkdir(join(staging, '.done'), { recursive: true });
    for (const { pin, wanted } of missing) {
      await rm(downloads, { recursive: true, force: true }); // of an interrupted run
      await mkdir(downloads);
      const wheel = await getWheel(pin, downloads);
      const members = await extractZipMembers(wheel.path, staging, wanted);
      if (members.length === 0) {
        throw new NativeError('broken-wheel', `nothing of ${pin.distribution} was found in it`, {
          where: wheel.path,
          hint: 'fetch the file again',
        });
      }
      const record: PartRecord = {
        source: wheel.source,
        members: Object.fromEntries(members.map((member) => [member.name, member.sizeBytes])),
      };
      await writeFile(join(staging, '.done', pin.distribution), JSON.stringify(record));
    }
    return await finishEntry(cache, plan, staging);
  } catch (error) {
    const failure = asDiskFull(error, cache);
    if (codeOf(failure) === 'disk-full')
      await rm(staging, { recursive: true, force: true }); // what is there would keep the disk full
    else await rm(downloads, { recursive: true, force: true });
    throw failure;
  }
}

interface PartRecord {
  readonly source: WheelSource;
  readonly members: Readonly<Record<string, number>>;
}

async function finishEntry(cache: string, plan: EntryPlan, staging: string): Promise<Entry> {
  const records: PartRecord[] = [];
  for (const { pin } of plan.parts) records.push((await readJson<PartRecord>(join(staging, '.done', pin.distribution)))!);
  for (const { path, to } of plan.links) {
    await mkdir(dirname(join(staging, path)), { recursive: true });
    await symlink(to, join(staging, path));
  }
  const manifest: Manifest = {
    wheels: plan.parts.map(({ pin }) => `${pin.distribution}==${pin.version}`),
    source: records[0]!.source,
    sizes: Object.assign({}, ...records.map(({ members }) => members)) as Record<string, number>,
  };
  await rm(join(staging, '.done'), { recursive: true, force: true });
  await rm(join(staging, '.downloads'), { recursive: true, force: true });
  return sealEntry(cache, plan.name, staging, manifest);
}

/** Turns a finished folder into the cache entry of that name; a broken one that stood there is replaced. */
export async function sealEntry(cache: string, name: string, staging: string, manifest: Manifest): Promise<Entry> {
  const folder = join(cache, name);
  await writeFile(join(staging, 'manifest.json'), JSON.stringify(manifest, null, 2));
  await rm(folder, { recursive: true, force: true });
  await rename(staging, folder);
  return { folder, manifest };
}

/** The cache entry of that name, or undefined when it is not there or a file of it is missing or has another size than when it was made. */
export async function readEntry(cache: string, name: string): Promise<Entry | undefined> {
  const folder = join(cache, name);
  const manifest = await readJson<Manifest>(join(folder, 'manifest.json'));
  if (!manifest) return undefined;
  const sizes = await Promise.all(
    Object.entries(manifest.sizes).map(async ([path, size]) => (await stat(join(folder, path)).catch(() => undefined))?.size === size),
  );
  return sizes.every(Boolean) ? { folder, manifest } : undefined;
}

function stagingOf(cache: string, name: string): string {
  return join(cache, `.staging-${name}`);
}
