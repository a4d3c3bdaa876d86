import { readdir, rm } from 'node:fs/promises';
import { cacheCandidates } from './cacheFolder.js';
import { type Build } from './pins.js';
import { findProject, packageTarget, readMarker, type Project } from './project.js';

/** What {@link removeNative} takes away, and where. */
export interface RemoveOptions {
  /** Default: the working folder. */
  readonly project?: string;
  /** Also the cache, which other projects of this user share. Default false. */
  readonly cache?: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

/** What {@link removeNative} took away. */
export interface RemoveResult {
  /** The folders that were deleted; empty when there was nothing of ours. */
  readonly removed: readonly string[];
}

/**
 * Takes away what `installNative` put into a project. A tfjs-node that the user installed otherwise stays.
 *
 * @throws `NativeError` `no-project`
 */
export async function removeNative(options: RemoveOptions = {}): Promise<RemoveResult> {
  const { env = process.env } = options;
  const project = await findProject(options.project ?? process.cwd());
  const removed = await removePackages(project, 'cpu', 'gpu');
  if (options.cache === true) {
    for (const folder of cacheCandidates(project.folder, env)) {
      if (await isCache(folder)) removed.push(...(await removeFolder(folder)));
    }
  }
  return { removed };
}

/** Deletes those of the named builds' packages that carry our marker. */
export async function removePackages(project: Project, ...builds: readonly Build[]): Promise<string[]> {
  const removed: string[] = [];
  for (const build of builds) {
    const target = packageTarget(project, build);
    if (await readMarker(target)) removed.push(...(await removeFolder(target)));
  }
  return removed;
}

/** MGMT_NATIVE_CACHE may name any folder: only one that holds nothing but our entries is deleted. */
async function isCache(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => undefined);
  return names !== undefined && names.every((name) => /^(npm|tensorflow-|binding-|tfjs-node-|\.staging-|\.lock|\.source-)/.test(name));
}

async function removeFolder(folder: string): Promise<string[]> {
  await rm(folder, { recursive: true, force: true });
  return [folder];
}
