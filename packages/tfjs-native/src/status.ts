import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { installedHere } from './install.js';
import { cpuDescription, judgePlatform, nvidiaGpus, readMachine } from './machine.js';
import { NativeError, oneLine } from './nativeError.js';
import { TFJS_PACKAGES, TFJS_VERSION, type Build } from './pins.js';
import { findProject, packageTarget, packageVersion, readMarker } from './project.js';
import { prove } from './prove.js';

/** Where {@link nativeStatus} looks. */
export interface StatusOptions {
  /** Default: the working folder. */
  readonly project?: string;
}

/** What a project has for a native backend. */
export type NativeStatus =
  | {
      readonly kind: 'ready';
      readonly build: Build;
      readonly packageName: string;
      readonly packageVersion: string;
      readonly tensorflowVersion: string;
      /** Whether a first product of matrices ran on a GPU; a GPU build without a GPU computes on the CPU. */
      readonly onGpu: boolean;
      readonly gpus: readonly string[];
      readonly cpu: { readonly model: string; readonly instructions: readonly string[] };
      /** Of the package and of TensorFlow in the cache, which projects share. */
      readonly sizeBytes: number;
      readonly folder: string;
      /** Where TensorFlow is. */
      readonly libraries: string;
      /** Who put it there: this package, or the user (then `libraries` is in the package). */
      readonly installedBy: 'tfjs-native' | 'user';
    }
  | { readonly kind: 'broken'; readonly folder: string; readonly reason: string; readonly hint: string }
  | { readonly kind: 'absent'; readonly reason: string; readonly hint: string }
  | { readonly kind: 'unsupported'; readonly platform: string; readonly reason: string; readonly runs: string };

/**
 * Looks at a project's native backend and lets it compute once, in a process of its own (about a second).
 *
 * @throws nothing of ours: what is wrong is in the result
 */
export async function nativeStatus(options: StatusOptions = {}): Promise<NativeStatus> {
  const platform = judgePlatform(readMachine());
  if (platform.kind === 'unsupported')
    return { kind: 'unsupported', platform: platform.name, reason: platform.reason, runs: OTHER_BACKENDS };
  try {
    const project = await findProject(options.project ?? process.cwd());
    for (const build of ['gpu', 'cpu'] as const) {
      const target = packageTarget(project, build);
      const version = await packageVersion(target);
      if (version) return await statusOf(build, target, version);
    }
  } catch (error) {
    if (!(error instanceof NativeError)) throw error;
    return { kind: 'absent', reason: oneLine(error), hint: error.hint ?? INSTALL };
  }
  return {
    kind: 'absent',
    reason: `neither ${TFJS_PACKAGES.cpu.name} nor ${TFJS_PACKAGES.gpu.name} is installed in this project`,
    hint: INSTALL,
  };
}

const INSTALL = 'npx @mgmt/tfjs-native install';
const OTHER_BACKENDS = '@tensorflow/tfjs-backend-webgpu over webgpu, @tensorflow/tfjs-backend-wasm, or plain JavaScript';

async function statusOf(build: Build, target: string, version: string): Promise<NativeStatus> {
  const broken = (reason: string): NativeStatus => ({ kind: 'broken', folder: target, reason, hint: `${INSTALL} --force` });
  const marker = await readMarker(target);
  const here = marker && (await installedHere(target));
  if (marker && !here) {
    return broken(
      marker.tfjsNode === TFJS_VERSION
        ? `TensorFlow is no longer whole in ${marker.cache}`
        : `it is of another version (${marker.tfjsNode}, not ${TFJS_VERSION})`,
    );
  }
  try {
    const { tensorflowVersion, onGpu } = await prove(target);
    const libraries = here ? here.entry.folder : join(target, 'deps');
    return {
      ...{ kind: 'ready', build, packageName: TFJS_PACKAGES[build].name, packageVersion: version, tensorflowVersion, onGpu },
      ...{ gpus: build === 'gpu' ? await nvidiaGpus() : [], cpu: cpuDescription() },
      ...{ sizeBytes: (await sizeOf(target)) + (here ? await sizeOf(libraries) : 0), folder: target, libraries },
      installedBy: marker ? 'tfjs-native' : 'user',
    };
  } catch (error) {
    return broken(oneLine(error));
  }
}

/** Bytes of the files under a folder; links count as nothing. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
