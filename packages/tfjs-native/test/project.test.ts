import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { cacheCandidates, cacheFolder } from '../src/cacheFolder.js';
import { findProject } from '../src/project.js';
import { failureOf, scratch } from './fixtures.js';

function withTfjs(folder: string, version: string): void {
  const tfjs = join(folder, 'node_modules', '@tensorflow', 'tfjs');
  mkdirSync(tfjs, { recursive: true });
  writeFileSync(join(tfjs, 'package.json'), JSON.stringify({ version }));
}

describe('findProject', () => {
  it('is the nearest folder above with a tfjs of its own', async () => {
    const root = scratch();
    const inner = join(root, 'packages', 'a');
    mkdirSync(join(inner, 'src'), { recursive: true });
    withTfjs(root, '4.22.0');
    expect(await findProject(join(inner, 'src'))).toEqual({ folder: root, tfjsVersion: '4.22.0' });
    withTfjs(inner, '4.21.0');
    expect(await findProject(join(inner, 'src'))).toEqual({ folder: inner, tfjsVersion: '4.21.0' });
  });

  it('says what to install where there is none', async () => {
    expect(await failureOf(findProject(scratch()))).toMatchObject({
      code: 'no-project',
      message: expect.stringContaining('npm install @tensorflow/tfjs'),
    });
  });
});

describe('cacheFolder', () => {
  it.each([
    ['the folder that is named', { MGMT_NATIVE_CACHE: '/c', XDG_CACHE_HOME: '/x', HOME: '/h' }, ['/c']],
    ["the user's cache, then the project's", { XDG_CACHE_HOME: '/x', HOME: '/h' }, ['/x/mgmt/native', '/p/.cache/native']],
    ["the home's cache, then the project's", { HOME: '/h' }, ['/h/.cache/mgmt/native', '/p/.cache/native']],
  ])('is %s', (_, env, folders) => expect(cacheCandidates('/p', env)).toEqual(folders));

  it('is in the project where the home cannot be written to', async () => {
    const project = scratch();
    expect(await cacheFolder(project, { HOME: '/proc/nowhere' })).toBe(join(project, '.cache', 'native'));
  });

  it('does not leave the folder that was named for another', async () => {
    expect((await failureOf(cacheFolder(scratch(), { MGMT_NATIVE_CACHE: '/proc/nowhere' }))).code).toBe('no-writable-cache');
  });
});
