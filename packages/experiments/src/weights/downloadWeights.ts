import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { MgmtError } from '@mgmt/core';
import { cannotWrite, writeFileAtomic } from '@mgmt/core/files';
import { openSafetensors } from '@mgmt/nn/files';
import { askHub, type HubAnswer } from './askHub.js';
import type { PublishedWeights } from './publishedWeights.js';

/** What was fetched from where: a plain record, kept beside the file as `<file>.json`. */
export interface DownloadedWeights {
  readonly file: string;
  readonly url: string;
  /** The commit of the repository, as the host named it. */
  readonly revision: string;
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Who else says that the SHA-256 is this: whoever asked (the table of published weights, or `--sha256`), the host, or nobody. */
  readonly checkedAgainst: 'request' | 'host' | 'nothing';
  readonly license: string;
  readonly origin: string;
}

/** Options of {@link downloadWeights}. */
export interface DownloadOptions {
  /** Folder of the file; made where it is missing. */
  readonly to: string;
  /** The hub, or a mirror of it. */
  readonly host: string;
  /** For the proxies: HTTP_PROXY, HTTPS_PROXY, NO_PROXY, in either case. */
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  /** Told how many bytes there are so far, and how many there will be, where that is known. */
  readonly onProgress?: (doneBytes: number, totalBytes: number | undefined) => void;
}

/**
 * Fetches published weights to a folder: `resnet18.tv_in1k.safetensors` and a record beside it. A file that is there and whole is not fetched again. What
 * an interrupted download has left (`*.partial`) is gone on with, where the SHA-256 of the whole is known. The file gets its name only when it is whole,
 * has that SHA-256, and is a safetensors file.
 *
 * @throws `MgmtError` `experiments/no-answer`, `experiments/no-such-weights`, `experiments/download-interrupted`, `experiments/other-weights` where the
 * SHA-256 is another, `core/cannot-write`, `nn/bad-safetensors`, `nn/not-safetensors`; the signal's reason
 */
export async function downloadWeights(weights: PublishedWeights, options: DownloadOptions): Promise<DownloadedWeights> {
  const file = join(options.to, `${basename(weights.repository)}.safetensors`);
  const url = `${options.host.replace(/\/+$/, '')}/${weights.repository}/resolve/${weights.revision}/model.safetensors`;
  const about = { file, url, license: weights.license, origin: weights.origin };
  const known = await wholeFile(file, weights);
  if (known) return { ...about, revision: weights.revision, ...known };

  const partial = `${file}.partial`;
  const from = weights.sha256 === undefined ? 0 : await sizeOf(partial); // without it, two halves of different files would not be noticed
  const answer = await askHub(url, { env: options.env ?? process.env, signal: options.signal, from });
  try {
    const found = await receive(answer, partial, options);
    const expected = weights.sha256 ?? answer.sha256;
    if (expected !== undefined && found.sha256 !== expected.toLowerCase()) {
      await rm(partial);
      throw otherWeights(
        url,
        expected,
        found.sha256,
        'give the command again; where it stays so, the host has other weights: check --host and --revision',
      );
    }
    await checkSafetensors(partial);
    await rename(partial, file);
    const checkedAgainst = weights.sha256 !== undefined ? 'request' : answer.sha256 !== undefined ? 'host' : 'nothing';
    const record: DownloadedWeights = { ...about, revision: answer.revision ?? weights.revision, ...found, checkedAgainst };
    await writeFileAtomic(recordOf(file), `${JSON.stringify(record, null, 2)}\n`);
    return record;
  } finally {
    await answer.close();
  }
}

const recordOf = (file: string) => `${file}.json`;

/** What is known of a file that is there already. */
async function wholeFile(
  file: string,
  { sha256 }: PublishedWeights,
): Promise<(Partial<DownloadedWeights> & Pick<DownloadedWeights, 'sha256' | 'sizeBytes' | 'checkedAgainst'>) | undefined> {
  const sizeBytes = await sizeOf(file);
  if (sizeBytes === 0) return undefined;
  const record = await readFile(recordOf(file), 'utf8').then(
    (text) => JSON.parse(text) as DownloadedWeights,
    () => undefined,
  );
  const expected = sha256?.toLowerCase() ?? record?.sha256;
  const found = await sha256Of(file);
  if (expected === undefined || found !== expected) {
    throw otherWeights(file, expected ?? 'a file that was fetched here', found, 'move it away, or name another folder with --to');
  }
  return { ...record, sha256: found, sizeBytes, checkedAgainst: sha256 === undefined ? record!.checkedAgainst : 'request' };
}

/** Writes the answer's bytes behind those that are there, to the disk. */
async function receive(
  answer: HubAnswer,
  partial: string,
  { signal, onProgress }: DownloadOptions,
): Promise<Pick<DownloadedWeights, 'sha256' | 'sizeBytes'>> {
  const output = await system(partial, async () => {
    await mkdir(dirname(partial), { recursive: true });
    return open(partial, answer.begin > 0 ? 'r+' : 'w');
  });
  let at = answer.begin;
  try {
    onProgress?.(at, answer.sizeBytes);
    const parts = answer.body[Symbol.asyncIterator]();
    for (;;) {
      const { done, value } = await arriving(parts.next(), at, answer, signal);
      if (done) break;
      await system(partial, () => output.write(value, 0, value.length, at));
      at += value.length;
      onProgress?.(at, answer.sizeBytes);
    }
    await system(partial, () => output.sync());
  } finally {
    await output.close();
  }
  if (answer.sizeBytes !== undefined && at < answer.sizeBytes) throw interrupted(at, answer, 'the connection was closed');
  return { sha256: await sha256Of(partial), sizeBytes: at };
}

async function arriving<T>(part: Promise<T>, at: number, answer: HubAnswer, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await part;
  } catch (error) {
    signal?.throwIfAborted();
    const cause = (error as Error).cause as Error | undefined;
    throw interrupted(at, answer, cause?.message || (error as Error).message, error);
  }
}

/** A pickle or a page of a server in place of the weights is gone before it is an error. */
async function checkSafetensors(partial: string): Promise<void> {
  try {
    await (await openSafetensors(partial)).close();
  } catch (error) {
    await rm(partial);
    throw error;
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path);
  try {
    for await (const part of file.createReadStream({ highWaterMark: 2 ** 20, autoClose: false })) hash.update(part as Uint8Array);
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

/** 0 where there is none. */
const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

async function system<T>(path: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
}

const otherWeights = (where: string, expected: string, found: string, hint: string) =>
  new MgmtError('these are other weights', { code: 'experiments/other-weights', where, expected: `SHA-256 ${expected}`, found, hint });

const interrupted = (at: number, { sizeBytes }: HubAnswer, reason: string, cause?: unknown) =>
  new MgmtError(`the download was interrupted: ${reason}`, {
    code: 'experiments/download-interrupted',
    ...(sizeBytes !== undefined && { expected: `${sizeBytes} bytes` }),
    found: `${at} bytes`,
    hint: 'give the same command again',
    cause,
  });
