import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jest } from '@jest/globals';
import { encodeSafetensors } from '@mgmt/nn';
import { program } from '../src/program.js';
import { downloadWeights, type DownloadOptions } from '../src/weights/downloadWeights.js';
import { PUBLISHED_WEIGHTS, type PublishedWeights } from '../src/weights/publishedWeights.js';

const bytes = encodeSafetensors(new Map([['fc.weight', { shape: [300_000], data: new Float32Array(300_000).fill(0.5) }]]));
const sha256 = createHash('sha256').update(bytes).digest('hex');
const COMMIT = 'c0ffee'.padEnd(40, '0');
const weights = { repository: 'timm/tiny.test', revision: 'main', license: 'MIT', origin: 'a test' } as const satisfies PublishedWeights;

let folder: string;
let servers: Server[] = [];
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'weights-'))));
afterEach(async () => {
  for (const server of servers) server.close().closeAllConnections();
  servers = [];
  await rm(folder, { recursive: true, force: true });
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface HubBehavior {
  readonly content?: Uint8Array;
  /** What `x-linked-etag` says; nothing where undefined. */
  readonly states?: string;
  /** The connection ends after so many bytes of the first answer. */
  readonly cutAfter?: number;
  /** Whole files only. */
  readonly noRanges?: boolean;
}

/** A server that answers as the hub: facts and a redirect, then the bytes from elsewhere. */
async function hub({ content = bytes, states, cutAfter, noRanges = false }: HubBehavior = {}) {
  const asked: string[] = [];
  let cuts = cutAfter === undefined ? 0 : 1;
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    asked.push(`${incoming.url}${incoming.headers.range ? ` ${incoming.headers.range}` : ''}`);
    if (incoming.url === '/timm/tiny.test/resolve/main/model.safetensors') {
      const facts = { 'x-repo-commit': COMMIT, 'x-linked-size': String(content.length), ...(states && { 'x-linked-etag': `"${states}"` }) };
      return outgoing.writeHead(302, { ...facts, location: '/elsewhere/file?signed' }).end();
    }
    if (incoming.url !== '/elsewhere/file?signed') return outgoing.writeHead(404).end('Entry not found');
    const from = noRanges ? 0 : Number(/bytes=(\d+)-/.exec(incoming.headers.range ?? '')?.[1] ?? 0);
    if (from >= content.length) return outgoing.writeHead(416).end();
    outgoing.writeHead(from > 0 ? 206 : 200, {
      'content-length': content.length - from,
      ...(from > 0 && { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }),
    });
    if (cuts-- > 0) return outgoing.write(content.subarray(from, from + cutAfter!), () => setTimeout(() => outgoing.destroy(), 50));
    return outgoing.end(content.subarray(from));
  };
  return { host: await listen(createServer(answer)), asked };
}

const download = (host: string, more: Partial<PublishedWeights> = {}, options: Partial<DownloadOptions> = {}) =>
  downloadWeights({ ...weights, ...more }, { to: folder, host, env: {}, ...options });
const file = () => join(folder, 'tiny.test.safetensors');

describe('downloadWeights', () => {
  it('fetches a file, checks it by what the host states, and keeps a record beside it', async () => {
    const { host } = await hub({ states: sha256 });
    const seen: [number, number | undefined][] = [];
    const record = await download(`${host}/`, {}, { onProgress: (...progress) => seen.push(progress) });
    expect(record).toEqual({
      file: file(),
      url: `${host}/timm/tiny.test/resolve/main/model.safetensors`,
      revision: COMMIT,
      sizeBytes: bytes.length,
      sha256,
      checkedAgainst: 'host',
      license: 'MIT',
      origin: 'a test',
    });
    expect(Buffer.compare(await readFile(file()), bytes)).toBe(0);
    expect(JSON.parse(await readFile(`${file()}.json`, 'utf8'))).toEqual(record);
    expect((await readdir(folder)).sort()).toEqual(['tiny.test.safetensors', 'tiny.test.safetensors.json']);
    expect([seen[0], seen.at(-1)]).toEqual([
      [0, bytes.length],
      [bytes.length, bytes.length],
    ]);
  });

  it('says by whom the SHA-256 was checked', async () => {
    const { host } = await hub();
    expect(await download(host)).toMatchObject({ checkedAgainst: 'nothing', sha256 });
    await rm(file());
    expect(await download(host, { sha256: sha256.toUpperCase() })).toMatchObject({ checkedAgainst: 'request' });
  });

  it('fetches nothing twice, and does not write over another file', async () => {
    const { host, asked } = await hub({ states: sha256 });
    const first = await download(host);
    expect(await download('http://nowhere.invalid')).toMatchObject({ sha256, revision: COMMIT, checkedAgainst: 'host' });
    expect(await download('http://nowhere.invalid', { sha256 })).toMatchObject({ sha256, checkedAgainst: 'request' });
    expect(asked).toHaveLength(2); // the file's place, and the file
    await writeFile(first.file, 'something of the user');
    await expect(download(host)).rejects.toThrow(/^experiments\/other-weights: .*tiny.test.safetensors[^]*move it away/);
    expect(await readFile(first.file, 'utf8')).toBe('something of the user');
    await rm(`${first.file}.json`);
    await expect(download(host)).rejects.toThrow(/^experiments\/other-weights: [^]*expected SHA-256 a file that was fetched here/);
  });

  it('goes on with what an interruption left, where it can be checked', async () => {
    const { host, asked } = await hub({ cutAfter: 400_000 });
    await expect(download(host, { sha256 })).rejects.toThrow(
      /^experiments\/download-interrupted: [^]*expected \d+ bytes, found \d+ bytes[^]*same command/,
    );
    expect(await readdir(folder)).toEqual(['tiny.test.safetensors.partial']);
    const left = (await readFile(`${file()}.partial`)).length;
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(400_000);
    expect(await download(host, { sha256 })).toMatchObject({ sha256, sizeBytes: bytes.length });
    expect(asked.at(-1)).toBe(`/elsewhere/file?signed bytes=${left}-`);
    expect((await readdir(folder)).sort()).toEqual(['tiny.test.safetensors', 'tiny.test.safetensors.json']);
  });

  it.each<[string, Uint8Array, HubBehavior]>([
    ['all of it is there', bytes, {}],
    ['more than all of it is there', new Uint8Array(bytes.length + 5), {}],
    ['the host gives whole files only', bytes.subarray(0, 1000), { noRanges: true }],
  ])('ends with the whole file where %s', async (_, partial, behavior) => {
    const { host } = await hub(behavior);
    await writeFile(`${file()}.partial`, partial);
    expect(await download(host, { sha256 })).toMatchObject({ sha256, sizeBytes: bytes.length });
    expect(Buffer.compare(await readFile(file()), bytes)).toBe(0);
  });

  it('begins anew where what is left could not be checked', async () => {
    const { host, asked } = await hub();
    await writeFile(`${file()}.partial`, bytes.subarray(0, 1000));
    expect(await download(host)).toMatchObject({ sha256 });
    expect(asked.filter((line) => line.includes('bytes='))).toEqual([]);
  });

  it('leaves no file of other weights, and none that is no safetensors file', async () => {
    const { host } = await hub({ states: 'ab'.repeat(32) });
    await expect(download(host)).rejects.toThrow(new RegExp(`^experiments/other-weights: [^]*SHA-256 ${'ab'.repeat(32)}, found ${sha256}`));
    await expect(download(host, { sha256: 'cd'.repeat(32) })).rejects.toThrow(/^experiments\/other-weights/);
    expect(await readdir(folder)).toEqual([]);
    const { host: page } = await hub({ content: Buffer.from('<html>please log in</html>') });
    await expect(download(page)).rejects.toThrow(/^nn\/not-safetensors[^]*a page/);
    expect(await readdir(folder)).toEqual([]);
  });

  it('says that a host does not have it, does not answer, or points on without end', async () => {
    const { host } = await hub();
    await expect(download(host, { revision: 'other' })).rejects.toThrow(/^experiments\/no-such-weights: .*resolve\/other[^]*HTTP 404/);
    await expect(download('http://127.0.0.1:2')).rejects.toThrow(/^experiments\/no-answer: .*ECONNREFUSED[^]*HTTPS_PROXY/);
    const circle = await listen(createServer((incoming, outgoing) => outgoing.writeHead(302, { location: incoming.url! }).end()));
    await expect(download(circle)).rejects.toThrow(/^experiments\/no-answer: [^]*without end/);
    const broken = await listen(createServer((_, outgoing) => outgoing.writeHead(503).end()));
    await expect(download(broken)).rejects.toThrow(/^experiments\/no-answer: [^]*HTTP 503/);
  });

  it('notices a file that ends early though the connection ended well', async () => {
    const host = await listen(
      createServer((_, outgoing) => outgoing.writeHead(200, { 'x-linked-size': String(bytes.length) }).end(bytes.subarray(0, 5000))),
    );
    await expect(download(host)).rejects.toThrow(/^experiments\/download-interrupted: [^]*found 5000 bytes/);
  });

  it('says that it cannot write there', async () => {
    const { host } = await hub();
    await writeFile(join(folder, 'a-file'), '');
    await expect(download(host, {}, { to: join(folder, 'a-file') })).rejects.toThrow(/^core\/cannot-write: .*a-file/);
  });

  it('stops when asked to, with what there is kept', async () => {
    const stop = new AbortController();
    const { host } = await hub({ cutAfter: 300_000 });
    const reason = new Error('asked to stop');
    const stopped = download(host, { sha256 }, { signal: stop.signal, onProgress: (done) => done > 0 && stop.abort(reason) });
    await expect(stopped).rejects.toBe(reason);
    await expect(download(host, { sha256 }, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(await readdir(folder)).toEqual(['tiny.test.safetensors.partial']);
  });

  it('goes through the proxy of the environment, and around it where told', async () => {
    const { host } = await hub({ states: sha256 });
    const proxied: string[] = [];
    const proxy = createServer((incoming, outgoing) => {
      proxied.push(`${incoming.method} ${incoming.url}`);
      incoming.pipe(request(incoming.url!, (answer) => answer.pipe(outgoing.writeHead(answer.statusCode!, answer.headers))));
    }).on('connect', (incoming, socket) => {
      proxied.push(`CONNECT ${incoming.url}`);
      const [name, port] = incoming.url!.split(':');
      const target = connect(Number(port), name, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        target.pipe(socket).pipe(target);
      });
      target.on('error', () => socket.destroy());
      socket.on('error', () => target.destroy());
    });
    const HTTP_PROXY = await listen(proxy);
    await download(host, {}, { env: { HTTP_PROXY } });
    expect(proxied.length).toBeGreaterThan(0);
    expect(proxied.every((line) => line.includes(new URL(host).host))).toBe(true);
    const before = proxied.length;
    await rm(file());
    await download(host, {}, { env: { HTTP_PROXY, NO_PROXY: '127.0.0.1' } });
    expect(proxied).toHaveLength(before);
  });
});

describe('mgmt weights', () => {
  const mgmt = (...args: string[]) =>
    new Promise<{ readonly code: number; readonly output: string }>((resolve) => {
      const command = fileURLToPath(new URL('../bin/mgmt.mjs', import.meta.url));
      const env = { ...process.env, HTTP_PROXY: '', http_proxy: '' };
      execFile(process.execPath, [command, 'weights', ...args], { cwd: folder, env }, (error, stdout, stderr) => {
        resolve({ code: (error?.code as number | undefined) ?? 0, output: stdout + stderr });
      });
    });

  it('lists what can be fetched, and fetches it from a mirror', async () => {
    const listed: string[] = [];
    const log = jest.spyOn(console, 'log').mockImplementation((text: string) => void listed.push(text));
    await program().parseAsync(['node', 'mgmt', 'weights', 'list']);
    log.mockRestore();
    for (const [name, { repository, license }] of Object.entries(PUBLISHED_WEIGHTS)) {
      expect(listed.join('\n')).toMatch(new RegExp(`^${name} +${repository.replace('.', '\\.')} .*${license}`, 'm'));
    }
    const asked: string[] = [];
    const mirror = await listen(
      createServer((incoming, outgoing) => {
        asked.push(incoming.url!);
        outgoing.end(bytes);
      }),
    );
    const { code, output } = await mgmt(
      'download',
      'resnet18',
      '--to',
      'put/here',
      '--host',
      mirror,
      '--revision',
      'main',
      '--sha256',
      sha256,
    );
    expect(output).toMatch(
      new RegExp(`put/here/resnet18.tv_in1k.safetensors: 1.2 MB, BSD-3-Clause[^]*SHA-256 ${sha256} \\(as it should be\\)`),
    );
    expect([code, asked]).toEqual([0, ['/timm/resnet18.tv_in1k/resolve/main/model.safetensors']]);
    const other = await mgmt('download', 'resnet18', '--to', 'put/there', '--host', mirror);
    expect([other.code, other.output]).toEqual([
      1,
      expect.stringMatching(/^experiments\/other-weights: .*resolve\/bbd144b[^]*SHA-256 694f673/m),
    ]);
  }, 60_000);
});
