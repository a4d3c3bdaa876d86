import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { create } from 'tar';
import { placePackage, tfjsTarball } from '../src/tfjsPackage.js';
import { failureOf, programIn, scratch } from './fixtures.js';

/** What tfjs-node's own `dist/index.js` does first, without its backend. */
const TFJS_NODE = `
const path = require('path'), util = require('util');
require('google-protobuf'); require('progress');
const binding = require('@mapbox/node-pre-gyp').find(path.resolve(__dirname, '/../package.json'.slice(1)));
module.exports = { binding, empty: util.isNullOrUndefined(null) && !util.isNullOrUndefined(0), list: util.isArray([]) };
`;

async function placed() {
  const work = scratch();
  mkdirSync(join(work, 'package', 'dist'), { recursive: true });
  writeFileSync(join(work, 'package', 'dist', 'index.js'), TFJS_NODE);
  const manifest = {
    name: '@tensorflow/tfjs-node',
    version: '4.22.0',
    main: 'dist/index.js',
    scripts: { install: 'exit 1' },
    dependencies: { 'adm-zip': '1' },
  };
  writeFileSync(join(work, 'package', 'package.json'), JSON.stringify(manifest));
  await create({ gzip: true, file: join(work, 'a.tgz'), cwd: work }, ['package']);
  writeFileSync(join(work, 'binding.node'), 'binding');
  const scope = join(work, 'node_modules', '@tensorflow');
  const target = join(scope, 'tfjs-node');
  const place = (folder: string) =>
    placePackage({
      ...{ tarball: join(work, 'a.tgz'), target, binding: join(work, 'binding.node'), dependencies: { name: 'deps/tensorflow', folder } },
      marker: { build: 'cpu', tfjsNode: '4.22.0', tensorflow: '2.21.0', entry: 'tensorflow-cpu-2.21.0', cache: '/cache' },
    });
  return { scope, target, place };
}

describe('placePackage', () => {
  it('leaves a package that finds its binding and what newer Nodes lack', async () => {
    const { target, place } = await placed();
    await place('/cache/tensorflow');
    const said = JSON.parse(
      execFileSync(process.execPath, ['-p', `JSON.stringify(require(${JSON.stringify(target)}))`], { encoding: 'utf8' }),
    ) as object;
    expect(said).toEqual({ binding: join(target, 'lib/napi-v8/tfjs_binding.node'), empty: true, list: true });
    expect(readlinkSync(join(target, 'deps', 'tensorflow'))).toBe('/cache/tensorflow');
    expect(statSync(target).mode & 0o777).toBe(0o755);
  });

  it('leaves no install script for npm rebuild', async () => {
    const { target, place } = await placed();
    await place('/cache/tensorflow');
    expect(JSON.parse(readFileSync(join(target, 'package.json'), 'utf8'))).not.toHaveProperty('scripts');
  });

  it('replaces what stood there, and leaves nothing else, when called several times at once', async () => {
    const { scope, target, place } = await placed();
    mkdirSync(target, { recursive: true });
    writeFileSync(join(target, 'old'), '');
    await Promise.all([place('/a'), place('/b'), place('/c')]);
    expect(readdirSync(scope)).toEqual(['tfjs-node']);
    expect(readdirSync(target)).not.toContain('old');
  });
});

describe('tfjsTarball', () => {
  const npm = (script: string) => ({ PATH: `${programIn('npm', script)}:/usr/bin:/bin` });

  it('refuses a tarball that is not the published one, and keeps nothing of it', async () => {
    const cache = scratch();
    const env = npm('for a in "$@"; do [ "$last" = --pack-destination ] && echo x > "$a/tensorflow-tfjs-node-4.22.0.tgz"; last=$a; done');
    expect((await failureOf(tfjsTarball('cpu', cache, { cwd: cache, env }))).code).toBe('hash-mismatch');
    expect(readdirSync(join(cache, 'npm'))).toEqual([]);
  });

  it('tells a machine without a network how to carry the file there', async () => {
    const cache = scratch();
    const env = npm(
      'echo "npm error code ENOTFOUND" >&2; echo "npm error request to the registry failed, reason: getaddrinfo ENOTFOUND" >&2; exit 1',
    );
    const failure = await failureOf(tfjsTarball('cpu', cache, { cwd: cache, env }));
    expect(failure).toMatchObject({ code: 'no-network', message: expect.stringMatching(/request to the registry failed.*--from FOLDER/s) });
  });

  it('says that there is no npm', async () => {
    const cache = scratch();
    expect((await failureOf(tfjsTarball('cpu', cache, { cwd: cache, env: { PATH: '' } }))).code).toBe('no-npm');
  });
});
