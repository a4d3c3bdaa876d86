import { MgmtError } from '@mgmt/core';
import { NIFTI1, NIFTI2 } from 'nifti-reader-js';
import { badHeader } from './headerError.js';

/** A header's fields, not yet checked against each other or against the file. */
export interface ParsedHeader {
  readonly version: 1 | 2;
  /** Whether the voxels are in a file of their own. */
  readonly pair: boolean;
  readonly littleEndian: boolean;
  /** `dim[0]` to `dim[7]`. */
  readonly dims: readonly number[];
  readonly voxOffset: number;
  /** `srow_x`, `srow_y`, `srow_z`. */
  readonly sform: readonly (readonly number[])[];
  /** Every other number, under nifti-reader-js' names. */
  readonly fields: NIFTI1 | NIFTI2;
  /** Text that may say who the patient is; never part of an error. */
  readonly texts: HeaderTexts;
  /** Whether extensions follow. */
  readonly extended: boolean;
}

/** The header's free text. It may identify the patient. */
export interface HeaderTexts {
  readonly description: string;
  readonly auxiliaryFile: string;
  readonly intentName: string;
  /** Empty in version 2, which has no such field. */
  readonly databaseName: string;
}

/** The header of version 2 with the four bytes that announce extensions: what parsing takes. */
export const HEAD_BYTES = 544;

/**
 * The fields of a header of either version and byte order.
 *
 * The library is given the header alone, since its walk over extensions does not end on some bytes. Three things are read here: integers of 64 bits, whose
 * halves it confuses in big endian; the sform, which it drops where the qform's code is larger; texts, in which it reads on after their end.
 *
 * @param head - the first {@link HEAD_BYTES} bytes, fewer where the file has fewer
 * @throws `MgmtError` `nifti-io/not-nifti`, `nifti-io/truncated`, `nifti-io/bad-header`
 */
export function parseHeader(head: Uint8Array, where: string): ParsedHeader {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const { version, littleEndian } = recognize(head, view, where);
  const magic = text(head, version === 1 ? 344 : 4, 3);
  const fields = version === 1 ? new NIFTI1() : new NIFTI2();
  fields.readHeader(new Uint8Array(head.subarray(0, HEADER_BYTES[version])).buffer); // copied, not sliced: a Buffer's slice is a view
  const int64 = (at: number) => Number(view.getBigInt64(at, littleEndian));
  const real = (at: number) => (version === 1 ? view.getFloat32(at, littleEndian) : view.getFloat64(at, littleEndian));
  const [rowsAt, size] = version === 1 ? [280, 4] : [400, 8];
  return {
    version,
    pair: magic[1] === 'i',
    littleEndian,
    dims: version === 1 ? fields.dims : [0, 1, 2, 3, 4, 5, 6, 7].map((axis) => int64(16 + 8 * axis)),
    voxOffset: version === 1 ? fields.vox_offset : int64(168),
    sform: [0, 4, 8].map((row) => [0, 1, 2, 3].map((column) => real(rowsAt + size * (row + column)))),
    fields,
    texts: {
      description: version === 1 ? text(head, 148, 80) : text(head, 240, 80),
      auxiliaryFile: version === 1 ? text(head, 228, 24) : text(head, 320, 24),
      intentName: version === 1 ? text(head, 328, 16) : text(head, 508, 16),
      databaseName: version === 1 ? text(head, 14, 18) : '',
    },
    extended: (head[HEADER_BYTES[version]] ?? 0) !== 0,
  };
}

const HEADER_BYTES = { 1: 348, 2: 540 } as const;
const MAGICS = { 1: ['n+1\0', 'ni1\0'], 2: ['n+2\0\r\n\x1a\n', 'ni2\0\r\n\x1a\n'] } as const;

/** The version is told by `sizeof_hdr` and by the magic, and both must say the same; the byte order by `sizeof_hdr`. */
function recognize(head: Uint8Array, view: DataView, where: string): { version: 1 | 2; littleEndian: boolean } {
  const sizes = head.length < 4 ? [] : [view.getInt32(0, true), view.getInt32(0, false)];
  const bySize = sizes.includes(348) ? 1 : sizes.includes(540) ? 2 : undefined;
  const byMagic = hasMagic(head, 1) ? 1 : hasMagic(head, 2) ? 2 : undefined;
  if (bySize !== undefined && bySize === byMagic && head.length >= HEADER_BYTES[bySize]) {
    return { version: bySize, littleEndian: sizes[0] === HEADER_BYTES[bySize] };
  }
  if (bySize !== undefined && head.length < HEADER_BYTES[bySize]) {
    throw new MgmtError(`the header ends at byte ${head.length}`, {
      code: 'nifti-io/truncated',
      where,
      expected: `${HEADER_BYTES[bySize]} bytes`,
      found: String(head.length),
      hint: 'the file was cut short; fetch it again',
    });
  }
  if (byMagic !== undefined) throw badHeader(where, byMagic, 'sizeof_hdr', String(HEADER_BYTES[byMagic]), String(sizes[0] ?? 'nothing'));
  throw new MgmtError('this is no NIfTI file', {
    code: 'nifti-io/not-nifti',
    where,
    expected: 'a header of 348 or 540 bytes with the magic n+1, ni1, n+2 or ni2',
    found:
      head.length === 0 ? 'an empty file' : bySize === 1 ? 'an ANALYZE 7.5 header, or a damaged magic' : `${head.length} bytes without it`,
    hint:
      bySize === 1
        ? 'convert ANALYZE to NIfTI, for example with nibabel, and check left and right: its header does not tell them'
        : 'check the path',
  });
}

function hasMagic(head: Uint8Array, version: 1 | 2): boolean {
  const [at, length] = version === 1 ? [344, 4] : [4, 8];
  const found = Buffer.from(head.subarray(at, at + length)).toString('latin1');
  return MAGICS[version].some((magic) => magic === found);
}

/** A field of text: to its first zero byte. */
function text(head: Uint8Array, at: number, length: number): string {
  const field = head.subarray(at, at + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}
