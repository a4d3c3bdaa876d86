import { constants, createGunzip, gunzipSync, type ZlibOptions } from 'node:zlib';
import { pipeline } from 'node:stream/promises';
import { MgmtError } from '@mgmt/core';
import { truncated } from './truncated.js';

/** Whether bytes begin as gzip does: two bytes of magic, and deflate, the only method there is. RFC 1952. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;

/** The most that a byte of deflate can become; RFC 1951: 258 bytes from two bits. */
export const MOST_INFLATION = 1032;

/** What may follow the voxels in a whole stream: 1 MiB, far more than padding takes and far less than harm does. */
export const SPARE_BYTES = 2 ** 20;

/** Where the header must come out of: gzip's own may hold a name and 64 KiB more before the first block. */
export const GZIP_HEAD_BYTES = 2 ** 17;

/**
 * The first bytes of gzip, fewer where its first {@link GZIP_HEAD_BYTES} hold fewer. 4 KiB at a time are inflated, so that no more than 4 MiB come out of
 * what is not needed.
 */
export function inflateHead(bytes: Uint8Array, length: number, where: string): Uint8Array {
  const part = bytes.subarray(0, GZIP_HEAD_BYTES);
  for (let end = STEP; ; end += STEP) {
    const head = inflate(part.subarray(0, end), where, { finishFlush: constants.Z_SYNC_FLUSH });
    if (head.length >= length || end >= part.length) return head.subarray(0, length);
  }
}

const STEP = 4096;

/**
 * The bytes from `offset` to `end` of gzip that is in memory. All of it is inflated, so that its checksum holds, but not past {@link SPARE_BYTES} more.
 *
 * @throws `MgmtError` `nifti-io/truncated`, `nifti-io/bad-gzip`, `nifti-io/gzip-bomb`
 */
export function inflateRange(bytes: Uint8Array, offset: number, end: number, where: string): Uint8Array {
  const most = end + SPARE_BYTES;
  const chunkSize = end > SPARE_BYTES ? most + 1 : 2 ** 16; // of what is large one chunk, so that no copy has to join them
  const whole = inflate(bytes, where, { maxOutputLength: most, chunkSize }, () => bomb(where, end, most));
  if (whole.length < end) throw truncated(where, offset, end, whole.length);
  return whole.subarray(offset, end);
}

/**
 * The bytes from `offset` to `end` of gzip that comes in parts; only they are kept.
 *
 * @param most - it may hold, all of which is inflated, so that its checksum holds. Without it nothing after `end` is, and there may be fewer than asked for.
 * @throws `MgmtError` as {@link inflateRange}
 */
export async function inflateStream(
  parts: AsyncIterable<Uint8Array>,
  where: string,
  offset: number,
  end: number,
  most?: number,
): Promise<Uint8Array> {
  const kept = new Uint8Array(end - offset);
  let at = 0;
  try {
    await pipeline(parts, createGunzip({ chunkSize: 2 ** 18 }), async (chunks: AsyncIterable<Uint8Array>) => {
      for await (const chunk of chunks) {
        const [from, to] = [Math.max(0, offset - at), Math.min(chunk.length, end - at)];
        if (from < to) kept.set(chunk.subarray(from, to), at + from - offset);
        at += chunk.length;
        if (most === undefined && at >= end) return;
        if (most !== undefined && at > most) throw bomb(where, end, most);
      }
    });
  } catch (cause) {
    if (most === undefined && at >= end) return kept; // stopped on purpose
    throw cause instanceof MgmtError ? cause : badGzip(where, cause);
  }
  if (most !== undefined && at < end) throw truncated(where, offset, end, at);
  return kept.subarray(0, Math.max(0, at - offset));
}

function inflate(bytes: Uint8Array, where: string, options: ZlibOptions, tooMuch?: () => MgmtError): Uint8Array {
  try {
    return gunzipSync(bytes, options);
  } catch (cause) {
    if (tooMuch && codeOf(cause) === 'ERR_BUFFER_TOO_LARGE') throw tooMuch();
    throw codeOf(cause) === 'failure' ? cause : badGzip(where, cause); // no memory is not the file's fault
  }
}

function badGzip(where: string, cause: unknown): MgmtError {
  return new MgmtError('the file is not whole gzip', {
    code: 'nifti-io/bad-gzip',
    where,
    expected: 'gzip to its end, with its checksum',
    found: `zlib's ${codeOf(cause)}`,
    hint: 'the file was cut short or damaged; fetch it again',
    cause,
  });
}

function bomb(where: string, end: number, most: number): MgmtError {
  return new MgmtError('the gzip holds far more than its header tells of', {
    code: 'nifti-io/gzip-bomb',
    where,
    expected: `${end} bytes, and at most ${most - end} more`,
    found: 'more than that',
    hint: 'do not trust this file; where you do, gunzip it first',
  });
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'failure';
