import { MgmtError } from '@mgmt/core';
import { describeTransferSyntax } from '../transferSyntaxes.js';
import { Elements } from './elements.js';
import {
  type Encoding,
  encodingOf,
  EXPLICIT_BIG_ENDIAN,
  EXPLICIT_LITTLE,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
} from './encoding.js';
import { malformed, type OnDamage, walkElements } from './walkElements.js';

/** What a file is made of, short of its pixels. */
export interface OpenedDataSet {
  readonly transferSyntaxUid: string;
  /** File meta information, group 0002; empty where the file has none. */
  readonly meta: Elements;
  readonly dataSet: Elements;
}

/**
 * Parses a DICOM file until its pixel data; the bytes may end anywhere after these have begun. Without preamble or meta group the encoding is guessed
 * from the first element, as other readers do.
 *
 * @param bytes - not packed: see {@link unpack}
 * @param where - the path, for errors
 * @param onDamage - as in {@link walkElements}
 * @throws `MgmtError` `dicom-io/not-dicom`, `dicom-io/malformed` with tag and byte, `dicom-io/unsupported-transfer-syntax` for implicit big endian
 */
export function openDataSet(bytes: Uint8Array, where: string, onDamage?: OnDamage): OpenedDataSet {
  const { meta, metaEnd } = readMeta(bytes, where);
  const transferSyntaxUid = meta.text('x00020010') ?? guessTransferSyntax(bytes, metaEnd, where);
  const encoding = encodingOf(transferSyntaxUid);
  const elements = walkElements(bytes, metaEnd, bytes.length, encoding, where, onDamage);
  return { transferSyntaxUid, meta, dataSet: new Elements(bytes, encoding, elements, where) };
}

/** The file meta information, always explicit little endian (PS3.10 section 7.1), and where it ends. Its own statement of its length is not needed. */
export function readMeta(bytes: Uint8Array, where: string): { meta: Elements; metaEnd: number } {
  const start = isPart10(bytes) ? 132 : 0;
  if (start === 0 && !mayBeBareDataSet(bytes)) {
    throw new MgmtError('this is no DICOM file', { code: 'dicom-io/not-dicom', where, expected: 'the letters DICM at byte 128' });
  }
  let metaEnd = start;
  while (bytes[metaEnd] === 2 && bytes[metaEnd + 1] === 0) {
    const long = LONG_META.has(String.fromCharCode(bytes[metaEnd + 4] ?? 0, bytes[metaEnd + 5] ?? 0));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (metaEnd + 12 > bytes.length) throw malformed(where, metaEnd, 'the file ends in its meta information');
    metaEnd += long ? 12 + view.getUint32(metaEnd + 8, true) : 8 + view.getUint16(metaEnd + 6, true);
    if (metaEnd > bytes.length) throw malformed(where, start, 'the file ends in its meta information');
  }
  return { meta: new Elements(bytes, EXPLICIT_LITTLE, walkElements(bytes, start, metaEnd, EXPLICIT_LITTLE, where), where), metaEnd };
}

/** True for bytes that begin as a DICOM file does: a preamble of 128 bytes and `DICM`. PS3.10 section 7.1. */
export function isPart10(bytes: Uint8Array): boolean {
  return bytes[128] === 0x44 && bytes[129] === 0x49 && bytes[130] === 0x43 && bytes[131] === 0x4d;
}

/**
 * True for bytes that may be a data set without its preamble: they begin with an element of group 0002 or 0008 whose value fits. Old archives, and some
 * exports, write such files.
 */
export function mayBeBareDataSet(bytes: Uint8Array): boolean {
  return bareEncoding(bytes, 0) !== undefined;
}

function guessTransferSyntax(bytes: Uint8Array, at: number, where: string): string {
  const encoding = bareEncoding(bytes, at) ?? EXPLICIT_LITTLE;
  if (encoding.littleEndian) return encoding.explicit ? EXPLICIT_LITTLE_ENDIAN : IMPLICIT_LITTLE_ENDIAN;
  if (encoding.explicit) return EXPLICIT_BIG_ENDIAN;
  throw new MgmtError('the data set is implicit and big endian, an encoding of no transfer syntax', {
    code: 'dicom-io/unsupported-transfer-syntax',
    where,
    expected: [IMPLICIT_LITTLE_ENDIAN, EXPLICIT_LITTLE_ENDIAN, EXPLICIT_BIG_ENDIAN].map(describeTransferSyntax).join(', '),
    found: 'implicit big endian',
    hint: 'convert the file first, with the program that wrote it',
  });
}

/** The encoding that makes a data set's first element one of group 0002 or 0008 whose value fits into the bytes. */
function bareEncoding(bytes: Uint8Array, at: number): Encoding | undefined {
  if (bytes.length < at + 8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const littleEndian of [true, false]) {
    const group = view.getUint16(at, littleEndian);
    if (group !== 2 && group !== 8) continue;
    if (view.getUint16(at + 2, littleEndian) > 0x2fff) continue;
    const letters = bytes.subarray(at + 4, at + 6).every((byte) => byte >= 0x41 && byte <= 0x5a);
    if (letters) return { explicit: true, littleEndian };
    const length = view.getUint32(at + 4, littleEndian);
    if (length <= 1024 && length % 2 === 0) return { explicit: false, littleEndian };
  }
  return undefined;
}

/** Of the representations whose length has four bytes, those that meta information may have. */
const LONG_META: ReadonlySet<string> = new Set(['OB', 'OW', 'UN', 'UT', 'SQ']);
