import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readNifti, readNiftiArray, readNiftiHeader } from '../src/index.js';
import { goldenOf } from './golden.js';

const { file: header, image, stored } = goldenOf('a pair, little endian, version 1');
const other = goldenOf('a pair, big endian, version 2');

/** A header with 9 KB behind it that do not compress, as an extension may be. */
const long = Buffer.concat([header, Uint8Array.from({ length: 9000 }, (_, i) => Math.sin(i) * 1e6)]);

/** A new folder with these files. */
function folderOf(files: Readonly<Record<string, Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'nifti-pair-'));
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  return folder;
}

/** Gzip whose checksum does not hold. */
function damagedGzip(bytes: Uint8Array): Uint8Array {
  const packed = gzipSync(bytes);
  packed[packed.length - 5]! ^= 0x55;
  return packed;
}

describe('a pair of header and image', () => {
  it.each([
    ['x.hdr', 'x.img'],
    ['x.hdr.gz', 'x.img.gz'],
    ['x.hdr', 'x.img.gz'],
    ['x.hdr.gz', 'x.img'],
    ['X.HDR', 'X.IMG'],
    ['x.HDR', 'x.img'],
    ['x.Hdr.Gz', 'X.iMG.gZ'],
    ['x.nii.hdr', 'x.nii.img'],
  ])('is found from either half: %s, %s', async (headerName, imageName) => {
    const packed = (name: string, bytes: Uint8Array) => (/gz$/i.test(name) ? gzipSync(bytes) : bytes);
    const folder = folderOf({ [headerName]: packed(headerName, header), [imageName]: packed(imageName, image!) });
    for (const name of [headerName, imageName]) {
      expect([...(await readNifti(join(folder, name))).data]).toEqual(stored);
      expect((await readNiftiHeader(join(folder, name))).extents).toEqual([2, 3, 4]);
    }
  });

  it('takes, of several, the half that is spelled like the one given', async () => {
    const folder = folderOf({
      'x.hdr': header,
      'x.img': image!,
      'X.hdr': other.file,
      'X.img': other.image!,
      'X.img.gz': new Uint8Array(9),
    });
    expect((await readNiftiHeader(join(folder, 'x.img'))).version).toBe(1);
    expect((await readNiftiHeader(join(folder, 'X.img'))).version).toBe(2);
    expect([...(await readNiftiArray(join(folder, 'X.hdr'))).data]).toEqual(other.stored);
  });

  it('begins its voxels where the header says', async () => {
    const moved = Uint8Array.from(header);
    new DataView(moved.buffer).setFloat32(108, 32, true);
    const folder = folderOf({ 'x.hdr': moved, 'x.img': Buffer.concat([Buffer.alloc(32), image!]) });
    expect([...(await readNifti(join(folder, 'x.img'))).data]).toEqual(stored);
  });

  it('has its header read where the image is missing', async () => {
    expect((await readNiftiHeader(join(folderOf({ 'x.hdr': header }), 'x.hdr'))).pair).toBe(true);
  });

  it.each([
    ['a header without its image', { 'x.hdr': header, 'y.img': image! }, 'x.hdr', 'header-only', /beside it, found none/],
    ['a header under another name', { 'x.nii': header, 'x.img': image! }, 'x.nii', 'header-only', /beside it, found none/],
    ['an image without its header', { 'x.img': image!, 'y.hdr': header }, 'x.img', 'image-only', /beside it, found none/],
    ['an image beside the header of another format', { 'x.img': image!, 'x.hdr': new Uint8Array(348) }, 'x.img', 'not-nifti', /x\.hdr/],
    [
      'an image beside a single file',
      { 'x.img': image!, 'x.hdr': goldenOf('one axis').file },
      'x.img',
      'image-only',
      /holds its voxels itself/,
    ],
    ['an image cut short', { 'x.hdr': header, 'x.img': image!.subarray(0, 47) }, 'x.hdr', 'truncated', /x\.img: the voxels end at byte 47/],
    ['an empty image', { 'x.hdr': header, 'x.img': new Uint8Array(0) }, 'x.hdr', 'truncated', /48 bytes from byte 0, found 0/],
    ['an empty image, given', { 'x.hdr': header, 'x.img': new Uint8Array(0) }, 'x.img', 'truncated', /48 bytes from byte 0, found 0/],
    ['a header whose checksum does not hold', { 'x.hdr.gz': damagedGzip(header), 'x.img': image! }, 'x.img', 'bad-gzip', /x\.hdr\.gz/],
    [
      'a long header whose checksum does not hold',
      { 'x.hdr.gz': damagedGzip(long), 'x.img': image! },
      'x.hdr.gz',
      'bad-gzip',
      /x\.hdr\.gz/,
    ],
    ['an image whose checksum does not hold', { 'x.hdr': header, 'x.img.gz': damagedGzip(image!) }, 'x.hdr', 'bad-gzip', /x\.img\.gz/],
    ['an image that is not there, given', { 'x.hdr': header }, 'x.img', 'cannot-read', /ENOENT/],
  ])('is refused: %s', async (_name, files, given, code, message) => {
    const error: unknown = await readNifti(join(folderOf(files), given)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: `nifti-io/${code}`, message: expect.stringMatching(message) as string });
  });

  it('is looked for beside the path given, not where a link leads', async () => {
    const folder = folderOf({ 'x.hdr': header, 'x.img': image! });
    mkdirSync(join(folder, 'links'));
    symlinkSync(join(folder, 'x.hdr'), join(folder, 'links', 'x.hdr'));
    await expect(readNifti(join(folder, 'links', 'x.hdr'))).rejects.toThrow('nifti-io/header-only');
    symlinkSync('/dev/zero', join(folder, 'links', 'x.img'));
    await expect(readNifti(join(folder, 'links', 'x.hdr'))).rejects.toThrow(/nifti-io\/cannot-read(.|\n)*a device/);
  });
});
