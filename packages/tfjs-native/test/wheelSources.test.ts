import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { getWheel } from '../src/wheelSources.js';
import { failureOf, programIn, scratch, wheelIn } from './fixtures.js';

const servers: (() => void)[] = [];
afterEach(() => servers.splice(0).forEach((close) => close()));

/** A package index on this machine; `files` by name. */
async function indexOf(
  files: Readonly<Record<string, Buffer>>,
  options: { html?: boolean; cut?: number } = {},
): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url!);
    const file = files[request.url!.split('/').at(-1)!];
    if (file && options.cut !== undefined) {
      response.writeHead(200, { 'content-length': file.length });
      response.write(file.subarray(0, options.cut), () => response.destroy());
    } else if (file) response.end(file);
    else if (options.html)
      response.setHeader('content-type', 'text/html').end(
        Object.keys(files)
          .map((name) => `<a href="../../f/${name}#sha256=0">${name}</a><br/>`)
          .join('\n'),
      );
    else
      response
        .setHeader('content-type', 'application/vnd.pypi.simple.v1+json')
        .end(JSON.stringify({ files: Object.keys(files).map((filename) => ({ filename, url: `../../f/${filename}` })) }));
  }).listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  servers.push(() => server.close().closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple`, asked };
}

/** A pip that notes how it was called and then does `script` with the download folder in $to. */
function pip(script: string): { PATH: string; log: string } {
  const log = join(scratch(), 'log');
  const folder = programIn(
    'python3',
    `[ "$3" = --version ] && exit 0\necho "$@" >> ${log}\nfor last in "$@"; do to=$last; done\n${script}`,
  );
  return { PATH: `${folder}:/usr/bin:/bin`, log };
}

const nothing = { PATH: '' };
const { path, pin } = wheelIn(scratch());
const name = pin.files[0]!.name;
const bytes = readFileSync(path);
const options = () => ({ downloads: scratch(), cwd: scratch() });

describe('getWheel', () => {
  it('takes the wheel that the user names, and asks nobody', async () => {
    const { PATH, log } = pip('exit 1');
    expect(await getWheel(pin, { ...options(), from: path, env: { PATH } })).toEqual({ path, source: 'named', keep: true });
    expect(() => readFileSync(log)).toThrow();
  });

  it('finds the wheel in a folder that the user names, or beside another wheel', async () => {
    const folder = scratch();
    copyFileSync(path, join(folder, name));
    const other = wheelIn(folder, 'other');
    expect(await getWheel(pin, { ...options(), from: folder })).toMatchObject({ path: join(folder, name) });
    expect(await getWheel(pin, { ...options(), from: other.path })).toMatchObject({ path: join(folder, name) });
  });

  it('refuses a named wheel that has no pinned hash, and one that was cut short', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'tiny-0.9-cp312-cp312-linux.whl'), 'x');
    expect((await failureOf(getWheel(pin, { ...options(), from: join(folder, 'tiny-0.9-cp312-cp312-linux.whl') }))).code).toBe(
      'unknown-wheel',
    );
    expect((await failureOf(getWheel(pin, { ...options(), from: folder }))).code).toBe('unknown-wheel');
    copyFileSync(path, join(folder, name));
    truncateSync(join(folder, name), 50);
    expect((await failureOf(getWheel(pin, { ...options(), from: folder }))).code).toBe('truncated');
  });

  it('asks pip for the pinned hash and the tags of the pinned file, before any index', async () => {
    const { PATH, log } = pip(`cp ${path} "$to"`);
    const index = await indexOf({});
    const { downloads, cwd } = options();
    expect(await getWheel(pin, { downloads, cwd, env: { PATH, PIP_INDEX_URL: index.url } })).toEqual({
      path: join(downloads, name),
      source: 'pip',
      keep: false,
    });
    expect(readFileSync(log, 'utf8')).toMatch(
      /-m pip download .*--require-hashes .*--python-version 3\.12 --abi cp312 --platform manylinux_2_27_x86_64/,
    );
    expect(readFileSync(join(downloads, 'requirements.txt'), 'utf8')).toBe(`tiny==1.0 --hash=sha256:${pin.files[0]!.sha256}\n`);
    expect(index.asked).toEqual([]);
  });

  it("asks for another Python's wheel where the index lacks the first", async () => {
    const { PATH } = pip(
      `case "$*" in *cp311*) cp ${path} "$to";; *) echo "ERROR: No matching distribution found for tiny" >&2; exit 1;; esac`,
    );
    const other = { ...pin.files[0]!, name: name.replaceAll('cp312', 'cp311') };
    expect((await getWheel({ ...pin, files: [pin.files[0]!, other] }, { ...options(), env: { PATH } })).source).toBe('pip');
  });

  it.each([
    ['a machine without a network', 'Failed to establish a new connection: [Errno -3] Temporary failure in name resolution', 'no-network'],
    ['a file that is not the published one', 'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES', 'hash-mismatch'],
    ['a full disk', "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device: '/tmp/x'", 'disk-full'],
    ['an index without it', 'ERROR: No matching distribution found for tiny==1.0', 'not-found'],
  ])('understands what pip says of %s', async (_, said, code) => {
    const { PATH } = pip(`echo "${said}" >&2; exit 1`);
    expect(await failureOf(getWheel(pin, { ...options(), env: { PATH } }))).toMatchObject({
      code,
      message: expect.stringMatching(/hint: /),
    });
  });

  it('says how to get pip where there is none and no index is named', async () => {
    expect(await failureOf(getWheel(pin, { ...options(), env: nothing }))).toMatchObject({
      code: 'no-pip',
      message: expect.stringContaining('apt-get install python3-pip'),
    });
  });

  it.each([false, true])('fetches from the index that PIP_INDEX_URL names where there is no pip (html: %p)', async (html) => {
    const { url } = await indexOf({ [name]: bytes }, { html });
    const { downloads, cwd } = options();
    expect(await getWheel(pin, { downloads, cwd, env: { ...nothing, PIP_INDEX_URL: url } })).toEqual({
      path: join(downloads, name),
      source: 'index',
      keep: false,
    });
    expect(readFileSync(join(downloads, name))).toEqual(bytes);
  });

  it('goes through the proxy that HTTP_PROXY names', async () => {
    const proxied: string[] = [];
    const proxy = createServer().on('connect', (request, socket) => {
      proxied.push(request.url!);
      socket.end('HTTP/1.1 502 No\r\n\r\n');
    });
    await new Promise<void>((ready) => void proxy.listen(0, '127.0.0.1', ready));
    servers.push(() => proxy.close().closeAllConnections());
    const HTTP_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const failure = await failureOf(
      getWheel(pin, { ...options(), env: { ...nothing, HTTP_PROXY, PIP_INDEX_URL: 'http://index.invalid/simple' } }),
    );
    expect(failure.code).toBe('no-index');
    expect(proxied).toEqual(['index.invalid:80']);
  });

  it('notices an index that cuts the download short, and one that hands out another file', async () => {
    const cut = await indexOf({ [name]: bytes }, { cut: 30 });
    expect((await failureOf(getWheel(pin, { ...options(), env: { ...nothing, PIP_INDEX_URL: cut.url } }))).code).toBe('truncated');
    const other = await indexOf({ [name]: Buffer.alloc(bytes.length) });
    expect((await failureOf(getWheel(pin, { ...options(), env: { ...nothing, PIP_INDEX_URL: other.url } }))).code).toBe('hash-mismatch');
  });

  it('says that the index does not answer, and that it lacks the wheel', async () => {
    expect((await failureOf(getWheel(pin, { ...options(), env: { ...nothing, PIP_INDEX_URL: 'http://127.0.0.1:9/simple' } }))).code).toBe(
      'no-index',
    );
    const { url } = await indexOf({ 'tiny-0.1.tar.gz': bytes });
    expect((await failureOf(getWheel(pin, { ...options(), env: { ...nothing, PIP_INDEX_URL: url } }))).code).toBe('not-found');
  });
});
