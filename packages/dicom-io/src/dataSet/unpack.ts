import { gunzipSync, inflateRawSync } from 'node:zlib';
import { MgmtError } from '@mgmt/core';
import type { Packing } from '../image/instance.js';
import { DEFAULT_LIMIT, type ReadLimits } from '../limits.js';
import { DEFLATED } from '../transferSyntaxes.js';
import { isPart10, mayBeBareDataSet, readMeta } from './openDataSet.js';

/**
 * The bytes of a file as its elements stand in them: what is inside gzip, and behind the meta information of a deflated data set. Other files stay as
 * they are, not copied. Output is limited while it comes, so that a small file cannot fill the memory.
 *
 * @throws `MgmtError` `dicom-io/bad-packing` where the compression is damaged or cut short, `dicom-io/too-large`, those of {@link readMeta}
 */
export function unpack(bytes: Uint8Array, where: string, limits: ReadLimits): { bytes: Uint8Array; packing: Packing } {
  const { maxUnpackedBytes = DEFAULT_LIMIT } = limits;
  const options = { maxOutputLength: maxUnpackedBytes, chunkSize: CHUNK };
  if (isGzip(bytes)) {
    const inside = limited(() => gunzipSync(bytes, options), where, maxUnpackedBytes);
    return { bytes: isGzip(inside) ? inside : unpack(inside, where, limits).bytes, packing: 'gzip' };
  }
  if (!isPart10(bytes) && !mayBeBareDataSet(bytes)) return { bytes, packing: 'none' };
  const { meta, metaEnd } = readMeta(bytes, where);
  if (meta.text('x00020010') !== DEFLATED) return { bytes, packing: 'none' };
  const dataSet = limited(() => inflateRawSync(bytes.subarray(metaEnd), options), where, maxUnpackedBytes);
  const whole = new Uint8Array(metaEnd + dataSet.length);
  whole.set(bytes.subarray(0, metaEnd));
  whole.set(dataSet, metaEnd);
  return { bytes: whole, packing: 'deflate' };
}

/** True for the bytes of a gzip file. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** True where the head of a file says that it must be unpacked as a whole. */
export function isPacked(head: Uint8Array, where: string): boolean {
  if (isGzip(head)) return true;
  return isPart10(head) && readMeta(head, where).meta.text('x00020010') === DEFLATED;
}

function limited(inflate: () => Uint8Array, where: string, maxUnpackedBytes: number): Uint8Array {
  try {
    return inflate();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new MgmtError('the file unpacks to more bytes than are allowed', {
        code: 'dicom-io/too-large',
        where,
        expected: `at most ${maxUnpackedBytes}`,
        hint: 'if the file is sound, raise maxUnpackedBytes',
        cause,
      });
    }
    throw new MgmtError('the compression around the data set is damaged or cut short', {
      code: 'dicom-io/bad-packing',
      where,
      found: cause instanceof Error ? cause.message : String(cause),
      hint: 'fetch the file again',
      cause,
    });
  }
}

const CHUNK = 2 ** 18;
