import { mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { decodeNifti, decodeNiftiVolumes, readNifti, readNiftiHeader, readNiftiVolumes } from '../src/index.js';
import { changed, goldenOf } from './golden.js';

const folder = mkdtempSync(join(tmpdir(), 'nifti-limits-'));
const little = () => changed(() => undefined);
const extents = (numbers: readonly number[], name?: string) =>
  changed((header) => [numbers.length, ...numbers].forEach((n, i) => header.setInt16(40 + 2 * i, n, true)), name);

/** A file with a size on paper: a hole of the disk after these bytes. */
function sparse(name: string, bytes: Uint8Array, size: number): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  truncateSync(path, size);
  return path;
}

describe('the memory a file may take', () => {
  it('counts to the last voxel and a converted copy', () => {
    const { file } = goldenOf('scaled'); // 352 bytes, 24 voxels of 2 bytes, each of 4 once scaled
    expect(decodeNifti(file, 'a.nii', { maxBytes: 496 }).data).toHaveLength(24);
    expect(() => decodeNifti(file, 'a.nii', { maxBytes: 495 })).toThrow(
      /over-limit: a\.nii(.|\n)*2 x 3 x 4 voxels of int16(.|\n)*{ maxBytes: 496 }/,
    );
  });

  it('counts what a volume takes beside its voxels', () => {
    const bytes = extents([1, 1, 1, 24]);
    expect(decodeNiftiVolumes(bytes).volumes).toHaveLength(24);
    expect(() => decodeNiftiVolumes(bytes, 'a.nii', { maxBytes: 10_000 })).toThrow('nifti-io/over-limit');
  });

  it('is 256 MiB, refused before it is taken', async () => {
    const path = sparse('large.nii', extents([512, 512, 512]), 352 + 2 * 512 ** 3);
    await expect(readNifti(path)).rejects.toThrow(/nifti-io\/over-limit(.|\n)*expected at most 268435456 bytes/);
    const million = sparse('million.nii', extents([1, 1, 1, 1000, 1000], 'int8, little endian, version 1'), 352 + 10 ** 6);
    await expect(readNiftiVolumes(million)).rejects.toThrow('nifti-io/over-limit');
  });

  it('does not concern a header', async () => {
    const path = sparse('huge.nii', extents([32_767, 32_767, 100]), 2 ** 33);
    expect((await readNiftiHeader(path)).extents).toEqual([32_767, 32_767, 100]);
  });

  it('is not taken for what a file cannot hold', async () => {
    const path = join(folder, 'small.nii');
    writeFileSync(path, extents([32_767, 32_767, 32_767]));
    await expect(readNifti(path, { maxBytes: Infinity })).rejects.toThrow(/nifti-io\/truncated: .*small\.nii: the voxels end at byte 400/);
    expect(() => decodeNifti(gzipSync(extents([32_767, 32_767, 32_767])), 'a', { maxBytes: Infinity })).toThrow(
      /truncated(.|\n)*found at most/,
    );
  });

  it('has an end that no one can allow more than', async () => {
    const path = sparse('beyond.nii', extents([32_767, 32_767, 8]), 2 ** 35);
    await expect(readNifti(path, { maxBytes: Infinity })).rejects.toThrow(/nifti-io\/over-limit(.|\n)*split the file/);
  });
});

describe('gzip that grows', () => {
  const zeros = Buffer.alloc(3 * 2 ** 20);
  const bomb = gzipSync(Buffer.concat([little(), zeros]));

  it('is refused where it holds far more than the header tells of', async () => {
    const path = join(folder, 'bomb.nii.gz');
    writeFileSync(path, bomb);
    await expect(readNifti(path)).rejects.toThrow(
      /nifti-io\/gzip-bomb: .*bomb\.nii\.gz(.|\n)*expected 400 bytes, and at most 1048576 more/,
    );
    expect(() => decodeNifti(bomb)).toThrow('nifti-io/gzip-bomb');
    expect((await readNiftiHeader(path)).extents).toEqual([2, 3, 4]);
  });

  it('is refused where it holds no NIfTI, without inflating it', async () => {
    const path = join(folder, 'zeros.nii.gz');
    writeFileSync(path, gzipSync(Buffer.alloc(2 ** 27)));
    await expect(readNifti(path)).rejects.toThrow('nifti-io/not-nifti');
  });

  it('may be padded', async () => {
    const padded = gzipSync(Buffer.concat([little(), zeros.subarray(0, 5000)]));
    const path = join(folder, 'padded.nii.gz');
    writeFileSync(path, padded);
    expect(await readNifti(path)).toEqual(decodeNifti(little()));
    expect(decodeNifti(padded)).toEqual(decodeNifti(little()));
  });

  it('may have a long header of its own', async () => {
    const named = gzipSync(little());
    named[3] = 8; // FNAME: a name up to a zero follows the ten bytes
    const bytes = Buffer.concat([named.subarray(0, 10), Buffer.alloc(9000, 'a'), Buffer.alloc(1), named.subarray(10)]);
    const path = join(folder, 'named.nii.gz');
    writeFileSync(path, bytes);
    expect(await readNifti(path)).toEqual(decodeNifti(little()));
    expect(decodeNifti(bytes)).toEqual(decodeNifti(little()));
  });
});
