import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { EnvHttpProxyAgent, fetch } from 'undici';
import { checkWheel } from './checkFile.js';
import { asDiskFull, NativeError } from './nativeError.js';
import type { WheelPin } from './pins.js';

/**
 * Fetches a wheel from a Python package index without pip, by the simple API (PEP 503, PEP 691). HTTP_PROXY, HTTPS_PROXY and NO_PROXY hold.
 *
 * @param index - the address that pip would take, `https://host/simple`; a user name and password in it are sent
 * @throws `NativeError` `no-index` (no answer, or none that is an index), `not-found`, `truncated`, `hash-mismatch`, `disk-full`
 */
export async function fetchFromIndex(pin: WheelPin, index: string, folder: string, env: NodeJS.ProcessEnv): Promise<string> {
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: env['http_proxy'] ?? env['HTTP_PROXY'],
    httpsProxy: env['https_proxy'] ?? env['HTTPS_PROXY'],
    noProxy: env['no_proxy'] ?? env['NO_PROXY'],
  });
  const get = async (url: URL, accept: string) => {
    const { headers, bare } = credentials(url);
    try {
      const response = await fetch(bare, { dispatcher, headers: { ...headers, accept } });
      if (!response.ok) throw new Error(`HTTP ${response.status} ${response.statusText}`);
      return response;
    } catch (error) {
      const cause = (error as Error).cause as Error | undefined;
      throw new NativeError('no-index', `the package index did not answer: ${cause?.message || (error as Error).message}`, {
        where: bare.href,
        hint: 'check PIP_INDEX_URL, the network and HTTPS_PROXY',
        cause: error,
      });
    }
  };
  try {
    const page = new URL(`${index.replace(/\/*$/, '')}/${pin.distribution}/`);
    const response = await get(page, 'application/vnd.pypi.simple.v1+json, text/html;q=0.5');
    const links = readLinks(await response.text(), response.headers.get('content-type') ?? '');
    const file = pin.files.find(({ name }) => links.has(name));
    if (!file) {
      throw new NativeError('not-found', `the index has none of the wheels of ${pin.distribution} ${pin.version}`, {
        where: credentials(page).bare.href,
        expected: pin.files.map(({ name }) => name).join(' or '),
        found: `${links.size} other files`,
        hint: 'name a wheel or a folder that holds it: tfjs-native install --from WHEEL_OR_FOLDER',
      });
    }
    const url = new URL(links.get(file.name)!, page);
    if (url.host === page.host && !url.username) [url.username, url.password] = [page.username, page.password];
    const target = join(folder, file.name);
    await save(await get(url, '*/*'), `${target}.partial`, url);
    await checkWheel(`${target}.partial`, file);
    await rename(`${target}.partial`, target);
    return target;
  } finally {
    await dispatcher.destroy();
  }
}

async function save(response: Awaited<ReturnType<typeof fetch>>, path: string, url: URL): Promise<void> {
  try {
    await pipeline(Readable.fromWeb(response.body as ReadableStream), createWriteStream(path));
  } catch (error) {
    const full = asDiskFull(error, path);
    if (full instanceof NativeError) throw full;
    throw new NativeError('truncated', `the download was cut short: ${(error as Error).message}`, {
      where: credentials(url).bare.href,
      hint: 'try again',
      cause: error,
    });
  }
}

/** File names and addresses of an index page, in either of the two forms. */
export function readLinks(page: string, contentType: string): ReadonlyMap<string, string> {
  if (contentType.includes('json')) {
    const { files } = JSON.parse(page) as { files: { filename: string; url: string }[] };
    return new Map(files.map(({ filename, url }) => [filename, url]));
  }
  const anchors = page.matchAll(/<a\s[^>]*?href\s*=\s*["']([^"']+)["'][^>]*>\s*([^<]*?)\s*<\/a>/gi);
  return new Map([...anchors].map(([, href = '', name = '']) => [name, href.replaceAll('&amp;', '&')]));
}

/** fetch takes no user name in an address: it becomes a header. */
function credentials(url: URL): { bare: URL; headers: Record<string, string> } {
  const bare = new URL(url);
  [bare.username, bare.password, bare.hash] = ['', '', ''];
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return { bare, headers: url.username ? { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } : {} };
}
