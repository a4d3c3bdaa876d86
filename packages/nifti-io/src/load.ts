import { constants } from 'node:buffer';
import { MgmtError } from '@mgmt/core';
import type { FileSource } from './fileSource.js';
import { inflateHead, inflateRange, isGzip, MOST_INFLATION } from './gzip.js';
import { type Layout, layoutOf } from './layout.js';
import { headerOnly, withNifti } from './openNifti.js';
import { HEAD_BYTES, type ParsedHeader, parseHeader } from './parseHeader.js';
import type { StoredBytes } from './storedArray.js';
import { truncated } from './truncated.js';

/** How files are read. */
export interface ReadConfig {
  /**
   * The most memory that a file may take: bytes up to its last voxel, and those of a copy where voxels are scaled or converted. 2^28 by default, 256 MiB,
   * so that a process with 512 MB survives any file; the largest image of the brain tumor sets takes 36 MB.
   */
  readonly maxBytes?: number;
}

/** What is made of a file: by the header alone a plan, or the error of what cannot be made of it. */
export type Product<T> = (header: ParsedHeader, layout: Layout, where: string) => Plan<T>;

/** How to make it once the voxels are there. */
export interface Plan<T> {
  /** Memory that making takes beside the stored bytes. */
  readonly bytes: number;
  make(stored: StoredBytes): T;
}

/** Makes a product from a file or a pair of files. Voxels are read once the header is known to fit the file, the product and the memory allowed. */
export async function readAs<T>(product: Product<T>, path: string, config: ReadConfig): Promise<T> {
  return withNifti(path, async ({ header, headerSource, imageSource }) => {
    const layout = layoutOf(header, headerSource.where);
    const plan = product(header, layout, headerSource.where);
    if (header.pair) await headerSource.prove();
    const source = await imageSource();
    checkSize(plan, layout, source, config);
    try {
      return plan.make({ bytes: await source.range(layout.offset, layout.offset + layout.storedBytes), ours: true });
    } catch (error) {
      throw outOfMemory(error, source.where);
    }
  });
}

/** As {@link readAs}, from the bytes of a single file. */
export function decodeAs<T>(product: Product<T>, bytes: Uint8Array, where: string, config: ReadConfig): T {
  const gzip = isGzip(bytes);
  const header = parseHeader(gzip ? inflateHead(bytes, HEAD_BYTES, where) : bytes.subarray(0, HEAD_BYTES), where);
  const layout = layoutOf(header, where);
  const plan = product(header, layout, where);
  if (header.pair) throw headerOnly(where);
  checkSize(plan, layout, { where, gzip, mostBytes: gzip ? bytes.length * MOST_INFLATION : bytes.length }, config);
  const [offset, end] = [layout.offset, layout.offset + layout.storedBytes];
  try {
    return plan.make({ bytes: gzip ? inflateRange(bytes, offset, end, where) : bytes.subarray(offset, end), ours: gzip });
  } catch (error) {
    throw outOfMemory(error, where);
  }
}

type Size = Pick<FileSource, 'where' | 'gzip' | 'mostBytes'>;

function checkSize(
  plan: { readonly bytes: number },
  layout: Layout,
  { where, gzip, mostBytes }: Size,
  { maxBytes = 2 ** 28 }: ReadConfig,
): void {
  const end = layout.offset + layout.storedBytes;
  if (end > mostBytes) throw truncated(where, layout.offset, end, mostBytes, gzip ? 'at most ' : '');
  const limit = Math.min(maxBytes, constants.MAX_LENGTH);
  const needed = end + plan.bytes;
  if (needed <= limit) return;
  throw new MgmtError('the file takes more memory than it may', {
    code: 'nifti-io/over-limit',
    where,
    expected: `at most ${limit} bytes`,
    found: `${layout.extents.join(' x ')} voxels of ${layout.type.name}, which take ${needed} bytes`,
    hint:
      needed <= constants.MAX_LENGTH
        ? `where the file is to be trusted, allow more: { maxBytes: ${needed} }`
        : 'split the file, for example with nibabel',
  });
}

/** The machine may have less memory than was allowed. */
function outOfMemory(error: unknown, where: string): unknown {
  if (!(typeof error === 'object' && error !== null && 'name' in error && error.name === 'RangeError')) return error;
  return new MgmtError('there is not memory enough for the file', {
    code: 'nifti-io/over-limit',
    where,
    expected: 'as much memory as was allowed',
    found: 'less',
    hint: 'close other programs, or take a larger machine',
    cause: error,
  });
}
