import { MgmtError } from '@mgmt/core';
import { DATA_TYPES, type DataType, type DataTypeName, isColor } from './dataTypes.js';
import { badHeader, fieldIn } from './headerError.js';
import type { ParsedHeader } from './parseHeader.js';

/** What the numbers of a file become: stored x slope + intercept. */
export interface Scaling {
  readonly slope: number;
  readonly intercept: number;
}

/** Where the voxels are and what they are: a header whose fields make sense together. */
export interface Layout {
  /** `(i, j, k, t, …)`, 1 to 7 of them. */
  readonly extents: readonly number[];
  readonly type: DataType & { readonly name: DataTypeName };
  /** Of the first voxel, in the file that holds voxels. */
  readonly offset: number;
  readonly voxels: number;
  readonly storedBytes: number;
  /** None where the header has none, or one that changes nothing. */
  readonly scaling: Scaling | undefined;
}

/**
 * The layout that a header describes.
 *
 * @throws `MgmtError` `nifti-io/bad-header` with the field and its byte, `nifti-io/unsupported-data-type`
 */
export function layoutOf(header: ParsedHeader, where: string): Layout {
  const extents = extentsOf(header, where);
  const type = typeOf(header, where);
  const voxels = extents.reduce((product, n) => product * n, 1);
  const storedBytes = voxels * type.channels * type.bytes;
  if (!Number.isSafeInteger(storedBytes)) {
    throw badHeader(where, header.version, 'dim', 'fewer than 2^53 bytes of voxels', extents.join(' x '));
  }
  return { extents, type, offset: offsetOf(header, where), voxels, storedBytes, scaling: scalingOf(header, type, where) };
}

function extentsOf({ dims, version }: ParsedHeader, where: string): readonly number[] {
  const [count = 0, ...all] = dims;
  if (!(count >= 1 && count <= 7)) throw badHeader(where, version, 'dim', 'dim[0], the number of extents, from 1 to 7', String(count));
  const extents = all.slice(0, count);
  if (!extents.every((n) => n >= 1)) throw badHeader(where, version, 'dim', 'extents of at least 1', extents.join(' x '));
  return extents;
}

function typeOf({ fields, version }: ParsedHeader, where: string): Layout['type'] {
  const type = DATA_TYPES.find(({ code }) => code === fields.datatypeCode);
  if (type) return type;
  throw new MgmtError('the voxels have a type that is not read here', {
    code: 'nifti-io/unsupported-data-type',
    where: fieldIn(where, version, 'datatype'),
    expected: DATA_TYPES.map(({ name }) => name).join(', '),
    found: `data type code ${fields.datatypeCode}${fields.datatypeCode === 1 ? ', one bit a voxel, in an order that the standard leaves open' : ''}`,
    hint: 'convert the file with the program that wrote it',
  });
}

/** In a single file, voxels never begin before the header and the four bytes after it end: a smaller offset means that (field `vox_offset`). */
function offsetOf({ voxOffset, version, pair }: ParsedHeader, where: string): number {
  if (!Number.isSafeInteger(voxOffset) || voxOffset < 0) {
    throw badHeader(where, version, 'vox_offset', 'a whole number of bytes', String(voxOffset));
  }
  return pair ? voxOffset : Math.max(voxOffset, version === 1 ? 352 : 544);
}

/** A slope of 0, or one that is not finite, means no scaling (field `scl_slope`). */
function scalingOf({ fields, version }: ParsedHeader, type: DataType, where: string): Scaling | undefined {
  const { scl_slope: slope, scl_inter: intercept } = fields;
  if (slope === 0 || !Number.isFinite(slope) || isColor(type)) return undefined;
  if (!Number.isFinite(intercept))
    throw badHeader(where, version, 'scl_inter', `a finite intercept beside the slope ${slope}`, String(intercept));
  return slope === 1 && intercept === 0 ? undefined : { slope, intercept };
}
