import { MgmtError } from '@mgmt/core';
import { type FileSource, MOST_HEADER_BYTES } from './fileSource.js';
import type { Layout } from './layout.js';
import type { ParsedHeader } from './parseHeader.js';

/**
 * How many extensions follow a header: blocks that begin with their own size, up to the voxels, or to the end of a pair's header.
 *
 * Voxels are found without them, so that only who asks for them is told that they are damaged.
 *
 * @throws `MgmtError` `nifti-io/bad-extension` for a size that is too small for an extension or leads past where they end, or past 64 MiB
 * @remarks nifti1.h, "nifti1_extension". A size of 0 ends the chain: the room for it is often larger than what is in it.
 */
export async function countExtensions(header: ParsedHeader, { offset }: Layout, source: FileSource): Promise<number> {
  if (!header.extended) return 0;
  const start = header.version === 1 ? 352 : 544;
  const end = Math.min(source.mostBytes, start + MOST_HEADER_BYTES, header.pair ? Infinity : offset);
  const bytes = end > start ? await source.upTo(start, end) : new Uint8Array(0);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let count = 0;
  for (let at = 0; at + LEAST_BYTES <= bytes.length; count++) {
    const size = view.getInt32(at, header.littleEndian);
    if (size === 0) break;
    if (size < LEAST_BYTES || at + size > bytes.length) {
      throw new MgmtError(`extension ${count} cannot have its size`, {
        code: 'nifti-io/bad-extension',
        where: `${source.where}: esize, byte ${start + at}`,
        expected: `${LEAST_BYTES} to ${bytes.length - at} bytes`,
        found: String(size),
        hint: 'the file was cut short or its extensions are damaged; the voxels may be whole, and are read without them',
      });
    }
    at += size;
  }
  return count;
}

/** Size and code, and eight bytes of content: sizes are multiples of 16. */
const LEAST_BYTES = 16;
