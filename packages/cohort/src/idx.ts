import { gunzipSync } from 'node:zlib';
import { MgmtError } from '@mgmt/core';

/** An array of bytes as an idx file holds it, C order. */
export interface IdxArray {
  readonly data: Uint8Array;
  readonly shape: readonly number[];
}

/**
 * The array in the bytes of an idx file of unsigned bytes, the format of MNIST: two bytes 0, the type, the number of extents; the extents, big endian; the
 * values. Gzip is told by the bytes.
 *
 * @param where - the path, for errors
 * @throws `MgmtError` `cohort/not-idx`, `cohort/unsupported-idx` for another type or number of extents, `cohort/truncated-idx`, `cohort/bad-idx` for bytes
 * behind the values, `cohort/bad-gzip`
 * @remarks https://yann.lecun.com/exdb/mnist
 * @example
 * const { data, shape } = decodeIdx(await readFile('t10k-images-idx3-ubyte.gz'), 't10k-images-idx3-ubyte.gz');
 * shape; // [10000, 28, 28]
 */
export function decodeIdx(packed: Uint8Array, where = 'an idx file'): IdxArray {
  const fail = (code: string, sentence: string, expected: string, found: string, hint?: string) =>
    new MgmtError(sentence, { code: `cohort/${code}`, where, expected, found, ...(hint && { hint }) });
  const bytes = packed[0] === 0x1f && packed[1] === 0x8b ? inflated(packed, where) : packed;
  const start = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ') || 'an empty file';
  const [, , type, rank = 0] = bytes;
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0) {
    throw fail(
      'not-idx',
      'this is no idx file',
      'the bytes 00 00 08 at the start',
      start,
      'fetch the file again, or unpack its archive first',
    );
  }
  if (type !== UNSIGNED_BYTE || rank < 1 || rank > MOST_EXTENTS) {
    throw fail(
      'unsupported-idx',
      'the array has a form that is not read here',
      `unsigned bytes (08) of 1 to ${MOST_EXTENTS} extents`,
      start,
    );
  }
  const header = 4 + 4 * rank;
  if (bytes.length < header) throw fail('truncated-idx', 'the file ends in its header', `${header} bytes`, `${bytes.length}`, FETCH_AGAIN);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const count = shape.reduce((product, extent) => product * extent, 1); // beyond 2^53 it is inexact, and larger than any file
  const there = bytes.length - header;
  const expected = `${count} bytes (${shape.join(' x ')}) from byte ${header}`;
  if (there < count) throw fail('truncated-idx', `the values end at byte ${bytes.length}`, expected, `${there}`, FETCH_AGAIN);
  if (there > count) throw fail('bad-idx', 'bytes follow the values', expected, `${there}`, FETCH_AGAIN);
  return { data: bytes.subarray(header), shape };
}

const UNSIGNED_BYTE = 8;
const MOST_EXTENTS = 4;
/** All of MNIST's training images are 47 MB. */
const MOST_BYTES = 2 ** 29;
const FETCH_AGAIN = 'the download was cut short or damaged; fetch the file again';

function inflated(packed: Uint8Array, where: string): Uint8Array {
  try {
    return gunzipSync(packed, { maxOutputLength: MOST_BYTES });
  } catch (cause) {
    throw new MgmtError('the file cannot be unpacked', {
      code: 'cohort/bad-gzip',
      where,
      expected: `whole gzip of at most ${MOST_BYTES} bytes`,
      found: (cause as Error).message,
      hint: FETCH_AGAIN,
      cause,
    });
  }
}
