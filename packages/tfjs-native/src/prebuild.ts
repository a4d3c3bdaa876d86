import { rm } from 'node:fs/promises';
import { prebuiltPath } from './binding.js';
import { cacheFolder } from './cacheFolder.js';
import { compileFrom, tensorflowEntry, type InstallOptions } from './install.js';
import { withLock } from './lock.js';
import { NativeError } from './nativeError.js';
import { findProject } from './project.js';
import { tfjsTarball } from './tfjsPackage.js';

/**
 * Compiles the binding into this package (`prebuilt/`) for a release: `npm pack` calls it, so that users need no compiler.
 *
 * @returns the path of the binding
 * @throws `NativeError`, those of `installNative`
 */
export async function prebuildBinding(options: Pick<InstallOptions, 'project' | 'from' | 'onProgress' | 'env'> = {}): Promise<string> {
  const { onProgress: say = () => {}, env = process.env, from } = options;
  const project = await findProject(options.project ?? process.cwd());
  const cache = await cacheFolder(project.folder, env);
  return withLock(cache, async () => {
    const tarball = await tfjsTarball('cpu', cache, { cwd: project.folder, env, from });
    const { entry } = await tensorflowEntry({ build: 'cpu', cache, project, from, env, say, notes: [] });
    if (entry.manifest.source === 'own-installer')
      throw new NativeError('not-found', 'the TensorFlow to build the binding against cannot be had');
    await rm(prebuiltPath(), { force: true });
    await compileFrom(tarball, entry, prebuiltPath(), { cache, env });
    return prebuiltPath();
  });
}
