import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { NativeError } from './nativeError.js';
import { TFJS_PACKAGES, TFJS_VERSION, type Build } from './pins.js';

/** The project that gets the backend. */
export interface Project {
  /** The folder whose `node_modules` holds `@tensorflow/tfjs`. */
  readonly folder: string;
  readonly tfjsVersion: string;
}

/**
 * The nearest folder, `start` or above it, with `@tensorflow/tfjs` in its `node_modules`: tfjs-node must stand beside that one copy,
 * since two copies of tfjs share no kernels.
 *
 * @throws `NativeError` `no-project`
 */
export async function findProject(start: string): Promise<Project> {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    const version = await packageVersion(join(folder, 'node_modules', '@tensorflow', 'tfjs'));
    if (version) return { folder, tfjsVersion: version };
    if (folder === dirname(folder)) break;
  }
  throw new NativeError('no-project', 'no @tensorflow/tfjs is installed here or above', {
    where: resolve(start),
    hint: `npm install @tensorflow/tfjs@${TFJS_VERSION}, then again in the same folder`,
  });
}

/** Where the backend's package stands in a project. */
export function packageTarget(project: Project, build: Build): string {
  return join(project.folder, 'node_modules', ...TFJS_PACKAGES[build].name.split('/'));
}

/** What an installation leaves in the package's folder: that it is ours, and what it was made of. */
export interface Marker {
  readonly build: Build;
  readonly tfjsNode: string;
  readonly tensorflow: string;
  /** The cache entry that `deps` leads to. */
  readonly entry: string;
  readonly cache: string;
  readonly bindingBytes: number;
}

export const MARKER = '.tfjs-native.json';

export async function readMarker(target: string): Promise<Marker | undefined> {
  return readJson<Marker>(join(target, MARKER));
}

export async function packageVersion(folder: string): Promise<string | undefined> {
  return (await readJson<{ version?: string }>(join(folder, 'package.json')))?.version;
}

export async function readJson<T>(path: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
