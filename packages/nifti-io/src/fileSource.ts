import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { MgmtError } from '@mgmt/core';
import { GZIP_HEAD_BYTES, inflateHead, inflateStream, isGzip, MOST_INFLATION, SPARE_BYTES } from './gzip.js';
import { HEAD_BYTES } from './parseHeader.js';
import { truncated } from './truncated.js';

/** An open file, gzip undone. Whoever opens it closes it. */
export interface FileSource {
  readonly where: string;
  /** The first {@link HEAD_BYTES} bytes, fewer where there are fewer. */
  readonly head: Uint8Array;
  readonly gzip: boolean;
  /** How many bytes there are: exactly, or for gzip at most. */
  readonly mostBytes: number;
  /** Exactly the bytes from `offset` to `end`, in memory of their own. Gzip is read to its end, which proves its checksum. */
  range(offset: number, end: number): Promise<Uint8Array>;
  /** As `range`, but fewer where there are fewer, and nothing after them is read. */
  upTo(offset: number, end: number): Promise<Uint8Array>;
  /** Reads gzip to its end, which proves its checksum. */
  prove(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a regular file. Pipes, devices and folders are refused and never waited on.
 *
 * @throws `MgmtError` `nifti-io/cannot-read`, `nifti-io/bad-gzip`
 */
export async function openSource(path: string): Promise<FileSource> {
  const file = await system(path, () => open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))); // a pipe without a writer opens at once
  try {
    const stats = await system(path, () => file.stat());
    if (!stats.isFile()) throw unreadable(path, stats.isDirectory() ? 'a folder' : 'a pipe, a device or a socket');
    const first = await readAt(file, path, 0, HEAD_BYTES);
    return isGzip(first) ? await gzipSource(file, path, stats.size) : plainSource(file, path, first, stats.size);
  } catch (error) {
    await file.close();
    throw error;
  }
}

function plainSource(file: FileHandle, where: string, head: Uint8Array, size: number): FileSource {
  const upTo = (offset: number, end: number) => readAt(file, where, offset, end - offset);
  return {
    where,
    head,
    gzip: false,
    mostBytes: size,
    async range(offset, end) {
      const bytes = await upTo(offset, end);
      if (bytes.length < end - offset) throw truncated(where, offset, end, offset + bytes.length);
      return bytes;
    },
    upTo,
    prove: () => Promise.resolve(),
    close: () => file.close(),
  };
}

async function gzipSource(file: FileHandle, where: string, size: number): Promise<FileSource> {
  const inflated = (offset: number, end: number, most?: number) => inflateStream(parts(file, where), where, offset, end, most);
  return {
    where,
    head: inflateHead(await readAt(file, where, 0, GZIP_HEAD_BYTES), HEAD_BYTES, where),
    gzip: true,
    mostBytes: size * MOST_INFLATION,
    range: (offset, end) => inflated(offset, end, end + SPARE_BYTES),
    upTo: (offset, end) => inflated(offset, end),
    async prove() {
      await inflated(0, 0, MOST_HEADER_BYTES);
    },
    close: () => file.close(),
  };
}

/** A pair's header with all its extensions: 64 MiB. */
export const MOST_HEADER_BYTES = 2 ** 26;

async function* parts(file: FileHandle, where: string): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; ;) {
    const part = await readAt(file, where, at, PART_BYTES);
    if (part.length > 0) yield part;
    if (part.length < PART_BYTES) return;
    at += part.length;
  }
}

const PART_BYTES = 2 ** 18;

/** Up to `length` bytes: fewer only where the file ends. */
async function readAt(file: FileHandle, where: string, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await system(where, () => file.read(bytes, filled, Math.min(length - filled, 2 ** 30), offset + filled));
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

async function system<T>(path: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw unreadable(path, typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : String(cause), cause);
  }
}

function unreadable(path: string, found: string, cause?: unknown): MgmtError {
  return new MgmtError('the file cannot be read', {
    code: 'nifti-io/cannot-read',
    where: path,
    expected: 'a regular file',
    found,
    hint: found === 'a folder' ? 'name a file in it' : 'check the path and that you may read there',
    cause,
  });
}
