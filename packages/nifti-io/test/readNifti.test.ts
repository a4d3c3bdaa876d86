import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { decodeNifti, decodeNiftiArray, decodeNiftiVolumes, readNifti, readNiftiHeader } from '../src/index.js';
import { changed, goldenOf } from './golden.js';

const folder = mkdtempSync(join(tmpdir(), 'nifti-read-'));
const little = () => changed(() => undefined);
const second = (change: (header: DataView) => void) => changed(change, 'int16, little endian, version 2');

describe('decodeNifti', () => {
  it('tells gzip by its bytes', () => {
    expect(decodeNifti(gzipSync(little()))).toEqual(decodeNifti(little()));
  });

  it('reads gzip of several members, as bgzip and pigz write it', () => {
    const members = [little().subarray(0, 100), little().subarray(100)].map((part) => gzipSync(part));
    expect(decodeNifti(Buffer.concat(members))).toEqual(decodeNifti(little()));
  });

  it('reads from any offset of a larger buffer', () => {
    const shifted = new Uint8Array(little().length + 3);
    shifted.set(little(), 3);
    expect(decodeNifti(shifted.subarray(3))).toEqual(decodeNifti(little()));
  });

  it.each([decodeNifti, decodeNiftiVolumes, decodeNiftiArray])('leaves the bytes it was given as they were', (decode) => {
    const { file } = goldenOf('int16, big endian, version 1');
    decode(file);
    expect(file).toEqual(goldenOf('int16, big endian, version 1').file);
  });

  it.each([
    ['scaled', 'Float32Array'], // int16
    ['scaled float32', 'Float32Array'],
    ['scaled float64', 'Float64Array'],
    ['scaled int64', 'Float64Array'],
    ['a label map of int64', 'Float64Array'],
    ['float128, big endian, version 2', 'Float64Array'],
    ['a slope that is no number', 'Int16Array'],
  ])('chooses the type by what is stored and whether it is scaled: %s: %s', (name, type) => {
    expect(decodeNifti(goldenOf(name).file).data.constructor.name).toBe(type);
  });

  it('takes voxels to begin where the header ends if the header says earlier', () => {
    expect(decodeNifti(changed((h) => h.setFloat32(108, 0, true)))).toEqual(decodeNifti(little()));
  });

  it('skips to where voxels begin', () => {
    const bytes = new Uint8Array(416);
    bytes.set(changed((h) => h.setFloat32(108, 368, true)));
    bytes.copyWithin(368, 352, 400);
    expect(decodeNifti(bytes)).toEqual(decodeNifti(little()));
  });

  it('takes a quaternion that rounding made longer than 1', () => {
    const bytes = changed((header) => {
      header.setInt16(252, 1, true); // qform_code
      header.setInt16(254, 0, true); // sform_code
      [0, 0, 1.0000002].forEach((part, i) => header.setFloat32(256 + 4 * i, part, true));
      [1, 2, 3, 4].forEach((size, i) => header.setFloat32(76 + 4 * i, size, true));
      [0, 0, 0].forEach((offset, i) => header.setFloat32(268 + 4 * i, offset, true));
    });
    expect(decodeNifti(bytes).affine.map((row, r) => Math.round(row[r]! * 1e6) / 1e6)).toEqual([2, 3, 4, 1]); // half a turn about z: RAS (-2, -3, 4)
  });

  it('passes voxels that are no number', () => {
    expect([...decodeNifti(goldenOf('float32, little endian, version 1').file).data.subarray(0, 3)]).toEqual([NaN, Infinity, -Infinity]);
  });

  it.each([
    ['bytes of something else', new Uint8Array(1024), 'not-nifti: a.nii: this is no NIfTI file', '1024 bytes|544 bytes'],
    ['nothing', new Uint8Array(0), 'not-nifti', 'an empty file'],
    ['an ANALYZE header', changed((h) => h.setUint32(344, 0)), 'not-nifti', 'an ANALYZE 7.5 header'],
    ['a magic of a third version', changed((h) => h.setUint8(346, 0x33)), 'not-nifti', 'a damaged magic'],
    ['a magic that a text mode changed', second((h) => h.setUint8(8, 0x0a)), 'not-nifti', '448 bytes|bytes without it'],
    ['a header of another size', changed((h) => h.setInt32(0, 349, true)), 'bad-header: a.nii: sizeof_hdr, byte 0', 'found 349'],
    [
      'a size and a magic of two versions',
      changed((h) => h.setInt32(0, 540, true)),
      'truncated|bad-header',
      'expected 540 bytes|expected 348',
    ],
    ['a header cut short', little().subarray(0, 347), 'truncated: a.nii: the header ends at byte 347', 'expected 348 bytes, found 347'],
    ['voxels cut short', little().subarray(0, 399), 'truncated: a.nii: the voxels end at byte 399', '48 bytes from byte 352, found 47'],
    ['no voxels', little().subarray(0, 348), 'truncated', '48 bytes from byte 352, found 0'],
    ['gzip cut short', gzipSync(little()).subarray(0, -9), 'bad-gzip', 'Z_BUF_ERROR'],
    ['gzip with another checksum', damaged(gzipSync(little()), -5), 'bad-gzip', 'Z_DATA_ERROR'],
    ['gzip with something after it', Buffer.concat([gzipSync(little()), Buffer.from('more')]), 'bad-gzip', 'Z_DATA_ERROR'],
    ['gzip of voxels cut short', gzipSync(little().subarray(0, 399)), 'truncated', '48 bytes from byte 352, found 47'],
    ['gzip of nothing', gzipSync(''), 'not-nifti', 'an empty file'],
    ['the header of a pair', changed((h) => h.setUint8(345, 0x69)), 'header-only', '.img'],
    ['a time series', changed((h) => [4, 2, 3, 2, 2].forEach((n, i) => h.setInt16(40 + 2 * i, n, true))), 'not-3d', '2 x 3 x 2 x 2'],
    ['an empty axis', changed((h) => h.setInt16(42, 0, true)), 'bad-header: a.nii: dim, byte 40', 'found 0 x 3 x 4'],
    ['a negative axis', changed((h) => h.setInt16(44, -3, true)), 'bad-header: a.nii: dim', '2 x -3 x 4'],
    ['a negative axis of 64 bits', second((h) => h.setBigInt64(32, -3n, true)), 'bad-header: a.nii: dim, byte 16', '2 x -3 x 4'],
    ['no axes', changed((h) => h.setInt16(40, 0, true)), 'bad-header', 'from 1 to 7, found 0'],
    ['eight axes', changed((h) => h.setInt16(40, 8, true)), 'bad-header', 'from 1 to 7, found 8'],
    ['extents past 2^53', second((h) => [1, 2, 3].forEach((i) => h.setBigInt64(16 + 8 * i, 2n ** 30n, true))), 'bad-header', '2\\^53'],
    ['one extent past 2^53', second((h) => h.setBigInt64(24, 2n ** 62n, true)), 'bad-header', '2\\^53'],
    ['voxels beyond the file', changed((h) => h.setFloat32(108, 1e9, true)), 'truncated', 'from byte 1000000000, found 0'],
    ['voxels before the file', changed((h) => h.setFloat32(108, -16, true)), 'bad-header: a.nii: vox_offset, byte 108', 'found -16'],
    [
      'voxels before the file, 64 bits',
      second((h) => h.setBigInt64(168, -16n, true)),
      'bad-header: a.nii: vox_offset, byte 168',
      'found -16',
    ],
    ['voxels at no number', changed((h) => h.setFloat32(108, NaN, true)), 'bad-header', 'found NaN'],
    ['voxels at a fraction', changed((h) => h.setFloat32(108, 352.5, true)), 'bad-header', 'found 352.5'],
    [
      'a slope without an intercept',
      changed((h) => [2, NaN].forEach((v, i) => h.setFloat32(112 + 4 * i, v, true))),
      'bad-header',
      'found NaN',
    ],
    ['complex voxels', goldenOf('complex64, little endian, version 1').file, 'not-scalar', 'complex64\n.*readNiftiArray'],
    ['color', goldenOf('rgba32, little endian, version 1').file, 'not-scalar', 'rgba32\n.*readNiftiArray'],
    ['one bit a voxel', changed((h) => h.setInt16(70, 1, true)), 'unsupported-data-type: a.nii: datatype, byte 70', 'code 1, one bit'],
    ['a type that is none', changed((h) => h.setInt16(70, 3, true)), 'unsupported-data-type', 'code 3'],
    [
      'a transform of no numbers',
      changed((h) => h.setFloat32(280, NaN, true)),
      'bad-header: a.nii: srow_x, byte 280',
      'a finite transform',
    ],
    ['a quaternion of no rotation', quaternion([1, 1, 1]), 'bad-header: a.nii: quatern_b, byte 256', 'found 1, 1, 1'],
    ['a quaternion of no numbers', quaternion([NaN, 0, 0]), 'bad-header', 'found NaN, 0, 0'],
    ['a negative voxel size', quaternion([0, 0, 0], -2), 'bad-header: a.nii: pixdim, byte 76', 'found -2 x 1 x 1'],
    ['an int64 that float64 has not', goldenOf('int64, little endian, version 1').file.fill(0xff, 360, 367), 'not-exact', 'a multiple'],
  ])('refuses %s', (_name, bytes, code, found) => {
    expect(() => decodeNifti(bytes, 'a.nii')).toThrow(new RegExp(`^nifti-io/(${code})(.|\n)*(${found})`));
  });

  it('says which voxel an integer is at, and which it is', () => {
    const bytes = goldenOf('a label map of int64').file;
    new DataView(bytes.buffer).setBigInt64(352 + 8 * 9, -(2n ** 53n) - 1n, true);
    expect(() => decodeNifti(bytes)).toThrow(
      /not-exact: a NIfTI file: the voxel \(1, 1, 1\)(.|\n)*found -9007199254740993\n.*readNiftiArray/,
    );
  });

  it('reads integers of 64 bits up to 2^53, and above where float64 has them', () => {
    const bytes = goldenOf('a label map of int64').file;
    const values = [2n ** 53n, -(2n ** 53n), 2n ** 53n - 1n, -(2n ** 62n), -1n, 2n ** 32n];
    values.forEach((value, i) => new DataView(bytes.buffer).setBigInt64(352 + 8 * i, value, true));
    expect([...decodeNifti(bytes).data.subarray(0, 6)]).toEqual(values.map(Number));
  });

  it.each([
    ['the 80-bit numbers of x86', [0, 0, 0, 0, 0, 0, 0, 0x80, 0xff, 0x3f, 0, 0, 0, 0, 0, 0]],
    ['what is too large for 64 bits', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0x7f - 0x20]],
    ['what would be rounded past the largest', [0, 0, 0, 0, 0, 0, 0, 0xf8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe, 0x43]],
    ['what is too small for 64 bits', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x00, 0x3c]],
  ])('refuses %s in 128', (_name, number) => {
    const bytes = goldenOf('float128, little endian, version 1').file;
    bytes.set(number, 352 + 16);
    expect(() => decodeNiftiArray(bytes)).toThrow(/nifti-io\/not-exact: a NIfTI file: number 1 is out of reach of 64 bits/);
  });
});

describe('readNifti', () => {
  it.each([
    ['nothing', () => undefined, 'found ENOENT'],
    ['a folder', (path: string) => mkdirSync(path), 'found a folder'],
    ['a pipe', (path: string) => execFileSync('mkfifo', [path]), 'found a pipe, a device or a socket'],
    ['a link to a device', (path: string) => symlinkSync('/dev/zero', path), 'found a pipe, a device or a socket'],
    ['a link to itself', (path: string) => symlinkSync(path, path), 'found ELOOP'],
    ['a link to nothing', (path: string) => symlinkSync(`${path}.none`, path), 'found ENOENT'],
  ])('refuses %s and waits for nothing', async (name, make, found) => {
    const path = join(folder, `${name}.nii`);
    make(path);
    for (const read of [readNifti, readNiftiHeader]) {
      await expect(read(path)).rejects.toThrow(new RegExp(`nifti-io/cannot-read: ${path}(.|\n)*expected a regular file, ${found}\n.*hint`));
    }
  });

  it('refuses an empty file', async () => {
    const path = join(folder, 'empty.nii');
    writeFileSync(path, '');
    await expect(readNifti(path)).rejects.toThrow(/nifti-io\/not-nifti(.|\n)*found an empty file/);
  });

  it.each(['a.nii', 'a.nii.gz', 'named as an image.img', 'without an ending'])('reads as decodeNifti does: %s', async (name) => {
    const path = join(folder, name);
    const bytes = name.endsWith('.gz') ? gzipSync(little()) : little();
    writeFileSync(path, bytes);
    expect(await readNifti(path)).toEqual(decodeNifti(bytes));
  });

  it.each([
    ['voxels cut short', little().subarray(0, 399), 'truncated'],
    ['gzip cut short', gzipSync(little()).subarray(0, -9), 'bad-gzip'],
    ['gzip with another checksum', damaged(gzipSync(little()), -5), 'bad-gzip'],
    ['gzip of voxels cut short', gzipSync(little().subarray(0, 399)), 'truncated'],
  ])('refuses a file with %s', async (name, bytes, code) => {
    const path = join(folder, `${name}.nii`);
    writeFileSync(path, bytes);
    await expect(readNifti(path)).rejects.toThrow(`nifti-io/${code}: ${path}`);
  });
});

describe('decodeNiftiVolumes', () => {
  it('gives volumes in the order of the file, the fourth index fastest', () => {
    const { file, stored } = goldenOf('five axes'); // 2 x 1 x 2 x 3 x 2
    const { volumes, extents } = decodeNiftiVolumes(file);
    expect(extents).toEqual([3, 2]);
    expect([...volumes[4]!.data]).toEqual(stored.slice(16, 20)); // t = 1, u = 1
  });
});

function damaged(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[copy.length + at]! ^= 0x55;
  return copy;
}

function quaternion(parts: readonly number[], size = 1): Uint8Array {
  return changed((header) => {
    header.setInt16(252, 1, true); // qform_code
    header.setInt16(254, 0, true); // sform_code
    parts.forEach((part, i) => header.setFloat32(256 + 4 * i, part, true));
    header.setFloat32(80, size, true); // pixdim[1]
  });
}
