import { MgmtError } from '@mgmt/core';

/** Where the fields that can be wrong begin: byte in version 1, byte in version 2. NIfTI-1 and NIfTI-2 standards. */
const FIELD_BYTES = {
  sizeof_hdr: [0, 0],
  magic: [344, 4],
  dim: [40, 16],
  datatype: [70, 12],
  vox_offset: [108, 168],
  scl_inter: [116, 184],
  quatern_b: [256, 352],
  srow_x: [280, 400],
  pixdim: [76, 104],
} as const;

/** A field of the header by the standard's name. */
export type HeaderField = keyof typeof FIELD_BYTES;

/** The place of a header field: path, field, byte. */
export const fieldIn = (where: string, version: 1 | 2, field: HeaderField): string =>
  `${where}: ${field}, byte ${FIELD_BYTES[field][version - 1]!}`;

/** The error of a header field that cannot be true. */
export function badHeader(where: string, version: 1 | 2, field: HeaderField, expected: string, found: string, cause?: unknown): MgmtError {
  return new MgmtError('the header says what cannot be', {
    code: 'nifti-io/bad-header',
    where: fieldIn(where, version, field),
    expected,
    found,
    hint: 'the header is damaged; fetch the file again or write it anew, for example with nibabel',
    cause,
  });
}
