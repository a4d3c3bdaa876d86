import { gunzipSync } from 'node:zlib';
import { type Affine, MgmtError, type Volume, volume, type VoxelArray } from '@mgmt/core';
import { isNIFTI1, isNIFTI2, NIFTI1, NIFTI2 } from 'nifti-reader-js';
import { DATA_TYPES, type DataType } from './dataTypes.js';
import { flipWorld, rasAffine } from './niftiAffine.js';

/**
 * The volume in the bytes of a NIfTI file (`.nii` or `.nii.gz`; version 1 or 2, either byte order).
 *
 * NIfTI's `(i, j, k)` become `[k, j, i]`, that is `[slice, row, column]`, without moving a voxel, and its RAS becomes LPS. Voxels keep the file's type;
 * where `scl_slope` and `scl_inter` change them they become float32. The volume may share the memory of `bytes`.
 *
 * @param where - the path, for errors
 * @throws `MgmtError` `nifti-io/not-nifti`, `nifti-io/header-only` for the header of a header and image pair, `nifti-io/not-3d` for more than one volume,
 * `nifti-io/unsupported-data-type`, `nifti-io/bad-header`, `nifti-io/truncated`, `nifti-io/bad-gzip`
 */
export function decodeNifti(bytes: Uint8Array, where = 'a NIfTI file'): Volume {
  const whole = isGzip(bytes) ? gunzip(bytes, where) : bytes;
  const { header, sform, smallestOffset } = readHeader(whole, where);
  const shape = shapeOf(header.dims, where);
  const type = DATA_TYPES.find(({ code }) => code === header.datatypeCode);
  if (!type) {
    throw new MgmtError('the voxels have a type that is not read here', {
      code: 'nifti-io/unsupported-data-type',
      where,
      expected: DATA_TYPES.map(({ name }) => name).join(', '),
      found: `data type code ${header.datatypeCode}`,
      hint: 'convert the file, for example with nibabel',
    });
  }
  const offset = Math.max(smallestOffset, Math.floor(header.vox_offset) || 0);
  const voxels = readVoxels(whole, offset, shape[0] * shape[1] * shape[2], type, header.littleEndian, where);
  return volume(scaled(voxels, header.scl_slope, header.scl_inter), shape, placed(flipWorld(rasAffine(header, sform)), where));
}

interface Header {
  readonly header: NIFTI1 | NIFTI2;
  readonly sform: readonly (readonly number[])[];
  readonly smallestOffset: number;
}

/**
 * The library sees the header alone: its walk over extensions does not end on some bytes. Of the two transforms it takes the one with the larger code,
 * which is not the standard's rule, so the sform's rows are read here.
 */
function readHeader(bytes: Uint8Array, where: string): Header {
  const copy = (length: number) => new Uint8Array(bytes.subarray(0, length)).buffer; // not slice, which for a Buffer makes a view
  try {
    if (isNIFTI1(copy(NIFTI1.STANDARD_HEADER_SIZE))) {
      const header = new NIFTI1();
      header.readHeader(copy(348));
      return { header, sform: rowsAt(bytes, 280, 4, header.littleEndian), smallestOffset: 352 };
    }
    if (bytes.length >= 540 && isNIFTI2(copy(540))) {
      const header = new NIFTI2();
      header.readHeader(copy(540));
      return { header, sform: rowsAt(bytes, 400, 8, header.littleEndian), smallestOffset: 544 };
    }
  } catch (cause) {
    throw new MgmtError('the NIfTI header cannot be read', { code: 'nifti-io/bad-header', where, cause });
  }
  if (isNIFTI1(copy(348), true) || isNIFTI2(copy(348), true)) {
    throw new MgmtError('this is the header of a header and image pair', {
      code: 'nifti-io/header-only',
      where,
      expected: 'header and image in one file, magic n+1',
      hint: 'convert the pair (.hdr, .img) to .nii, for example with nibabel',
    });
  }
  throw new MgmtError('this is no NIfTI file', {
    code: 'nifti-io/not-nifti',
    where,
    expected: 'a header of 348 or 540 bytes with the magic n+1 or n+2',
    found: `${bytes.length} bytes without it`,
  });
}

function rowsAt(bytes: Uint8Array, offset: number, size: 4 | 8, littleEndian: boolean): number[][] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = (index: number) =>
    size === 4 ? view.getFloat32(offset + index * 4, littleEndian) : view.getFloat64(offset + index * 8, littleEndian);
  return [0, 4, 8].map((row) => [at(row), at(row + 1), at(row + 2), at(row + 3)]);
}

function shapeOf(dims: readonly number[], where: string): [number, number, number] {
  const [count = 0, ...extents] = dims;
  const used = extents.slice(0, count);
  if (!(count >= 1 && count <= 7) || used.some((n) => !(n >= 1))) {
    throw new MgmtError('the header has no sensible extents', {
      code: 'nifti-io/bad-header',
      where,
      expected: '1 to 7 extents of at least 1',
      found: dims.join(' '),
    });
  }
  if (used.slice(3).some((n) => n > 1)) {
    throw new MgmtError('the file holds more than one volume', {
      code: 'nifti-io/not-3d',
      where,
      expected: 'three axes longer than 1',
      found: used.join(' x '),
      hint: 'take one volume out of it, for example with nibabel',
    });
  }
  return [used[2] ?? 1, used[1] ?? 1, used[0]!];
}

function readVoxels(
  bytes: Uint8Array,
  offset: number,
  count: number,
  { Voxels }: DataType,
  littleEndian: boolean,
  where: string,
): VoxelArray {
  const size = Voxels.BYTES_PER_ELEMENT;
  const found = Math.max(0, bytes.length - offset);
  if (found < count * size) {
    throw new MgmtError(`the voxels end at byte ${bytes.length}`, {
      code: 'nifti-io/truncated',
      where,
      expected: `${count * size} bytes from byte ${offset}`,
      found: String(found),
      hint: 'the file was cut short; fetch it again',
    });
  }
  const start = bytes.byteOffset + offset;
  if (littleEndian || size === 1) {
    if (start % size === 0) return new Voxels(bytes.buffer, start, count);
    return new Voxels(new Uint8Array(bytes.subarray(offset, offset + count * size)).buffer, 0, count);
  }
  const swapped = Buffer.from(new Uint8Array(bytes.subarray(offset, offset + count * size)).buffer);
  if (size === 2) swapped.swap16();
  else if (size === 4) swapped.swap32();
  else swapped.swap64();
  return new Voxels(swapped.buffer, 0, count);
}

/** Scaled in float64, then rounded to float32. A slope of 0, or one that is not finite, means no scaling (NIfTI-1 standard, field `scl_slope`). */
function scaled(voxels: VoxelArray, slope: number, intercept: number): VoxelArray {
  const shift = Number.isFinite(intercept) ? intercept : 0;
  if (slope === 0 || !Number.isFinite(slope) || (slope === 1 && shift === 0)) return voxels;
  const result = new Float32Array(voxels.length);
  for (let i = 0; i < voxels.length; i++) result[i] = voxels[i]! * slope + shift;
  return result;
}

function placed(affine: Affine, where: string): Affine {
  if (affine.flat().every(Number.isFinite)) return affine;
  throw new MgmtError('the header places the voxels nowhere', {
    code: 'nifti-io/bad-header',
    where,
    expected: 'a finite transform',
    found: JSON.stringify(affine.slice(0, 3)),
  });
}

function gunzip(bytes: Uint8Array, where: string): Uint8Array {
  try {
    return gunzipSync(bytes);
  } catch (cause) {
    throw new MgmtError('the file is not whole gzip', {
      code: 'nifti-io/bad-gzip',
      where,
      found: cause instanceof Error ? cause.message : String(cause),
      hint: 'the file was cut short or damaged; fetch it again',
      cause,
    });
  }
}

const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b;
