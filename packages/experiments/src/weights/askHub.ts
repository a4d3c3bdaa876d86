import { MgmtError } from '@mgmt/core';
import { EnvHttpProxyAgent, fetch, type Response } from 'undici';

/** What the hub says of a file, and the file itself from some byte on. */
export interface HubAnswer {
  /** Of the whole file, where the host states it: `x-linked-etag`. */
  readonly sha256: string | undefined;
  /** Of the whole file. */
  readonly sizeBytes: number | undefined;
  /** The commit that the revision stands for. */
  readonly revision: string | undefined;
  /** Byte of the file with which `body` begins: what was asked for, or 0 where the host gives whole files only. */
  readonly begin: number;
  readonly body: AsyncIterable<Uint8Array>;
  /** Ends the connection; to be called in any case. */
  close(): Promise<void>;
}

/** Options of {@link askHub}. */
export interface AskOptions {
  /** For the proxies: HTTP_PROXY, HTTPS_PROXY, NO_PROXY, in either case. Node's own `fetch` does not look at them. */
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
  /** The first byte that is wanted. */
  readonly from?: number;
}

/**
 * Asks the Hugging Face hub, or a mirror of it, for a file. Facts on the file stand in the hub's own answer, which then points elsewhere for the bytes, so
 * redirects are followed here.
 *
 * @throws `MgmtError` `experiments/no-such-weights`, `experiments/no-answer`; the signal's reason
 */
export async function askHub(url: string, { env, signal, from = 0 }: AskOptions): Promise<HubAnswer> {
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: env['http_proxy'] ?? env['HTTP_PROXY'],
    httpsProxy: env['https_proxy'] ?? env['HTTPS_PROXY'],
    noProxy: env['no_proxy'] ?? env['NO_PROXY'],
  });
  const headers = { 'accept-encoding': 'identity', 'user-agent': 'mgmt', ...(from > 0 && { range: `bytes=${from}-` }) };
  const facts: { sha256?: string; sizeBytes?: number; revision?: string } = {};
  try {
    let place = new URL(url);
    for (let hop = 0; hop < MOST_HOPS; hop++) {
      const response = await fetch(place, { dispatcher, headers, redirect: 'manual', signal: signal ?? null });
      Object.assign(facts, factsOf(response));
      const next = response.headers.get('location');
      if (response.status === NO_SUCH_RANGE && from > 0) {
        await dispatcher.destroy();
        return await askHub(url, { env, signal }); // there is more here than there is there
      }
      if (response.status < 300 || response.status > 399 || !next) {
        const begin = beginOf(response, from, url);
        const sizeBytes = facts.sizeBytes ?? sizeOf(response, begin);
        const body = response.body as unknown as AsyncIterable<Uint8Array>;
        return { sha256: facts.sha256, revision: facts.revision, sizeBytes, begin, body, close: () => dispatcher.destroy() };
      }
      await response.arrayBuffer(); // a few words at most
      place = new URL(next, place);
      if (place.protocol !== 'https:' && url.startsWith('https:'))
        throw noAnswer(url, `it points to ${place.protocol}//, which is not encrypted`);
    }
    throw noAnswer(url, 'it points from one place to another without end');
  } catch (error) {
    await dispatcher.destroy();
    signal?.throwIfAborted();
    if (error instanceof MgmtError) throw error;
    const cause = (error as Error).cause as Error | undefined;
    throw noAnswer(url, cause?.message || (error as Error).message, error);
  }
}

const MOST_HOPS = 6;
const NO_SUCH_RANGE = 416;

function factsOf({ headers }: Response): { sha256?: string; sizeBytes?: number; revision?: string } {
  const [sha256] = /\b[0-9a-f]{64}\b/.exec(headers.get('x-linked-etag') ?? '') ?? [];
  const size = headers.get('x-linked-size');
  const revision = headers.get('x-repo-commit');
  return { ...(sha256 && { sha256 }), ...(size && { sizeBytes: Number(size) }), ...(revision && { revision }) };
}

function beginOf({ status, statusText, headers }: Response, from: number, url: string): number {
  if (status === 200) return 0;
  if (status === 206 && headers.get('content-range')?.startsWith(`bytes ${from}-`)) return from;
  if (status === 404 || status === 401) {
    throw new MgmtError('the host does not have these weights', {
      code: 'experiments/no-such-weights',
      where: url,
      found: `HTTP ${status}`,
      hint: 'check --host and --revision',
    });
  }
  throw noAnswer(url, `HTTP ${status} ${statusText}`);
}

function sizeOf({ headers }: Response, begin: number): number | undefined {
  const length = headers.get('content-length');
  return length === null ? undefined : begin + Number(length);
}

const noAnswer = (url: string, reason: string, cause?: unknown) =>
  new MgmtError(`the host did not answer: ${reason}`, {
    code: 'experiments/no-answer',
    where: url,
    hint: 'check the network, HTTPS_PROXY and --host; or fetch the file elsewhere and put it into the folder',
    cause,
  });
