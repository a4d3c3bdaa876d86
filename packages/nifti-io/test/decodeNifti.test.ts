import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { isMgmtError, type Affine } from '@mgmt/core';
import fc from 'fast-check';
import { decodeNifti } from '../src/index.js';

interface Golden {
  readonly name: string;
  readonly file: string;
  readonly shape: readonly number[]; // (i, j, k)
  readonly dtype: string;
  readonly affine: readonly (readonly number[])[]; // RAS
  readonly values: readonly number[]; // first index fastest
}
const { files } = JSON.parse(readFileSync(new URL('golden/files.json', import.meta.url), 'utf8')) as { files: Golden[] };
const bytesOf = (name: string) => Uint8Array.from(Buffer.from(files.find((file) => file.name === name)!.file, 'base64'));
const little = () => bytesOf('int16, little endian');

/** LPS to RAS, written out here so that the test does not share the source's helper. */
const toRas = ([x, y, z, w]: Affine) => [x.map((v) => -v), y.map((v) => -v), z, w];

describe('decodeNifti', () => {
  it.each(files)('equals nibabel: $name', ({ file, shape, dtype, affine, values }) => {
    const volume = decodeNifti(Buffer.from(file, 'base64'));
    expect(volume.shape).toEqual(shape.slice(0, 3).reverse());
    expect(volume.data.constructor.name.toLowerCase()).toBe(`${dtype}array`);
    expect([...volume.data]).toEqual(values);
    toRas(volume.affine).forEach((row, r) => row.forEach((value, c) => expect(value).toBeCloseTo(affine[r]![c]!, 5))); // the quaternion is float32
  });

  it('tells gzip by its bytes', () => {
    expect(decodeNifti(gzipSync(little()))).toEqual(decodeNifti(little()));
  });

  it('reads from any offset of a larger buffer', () => {
    const shifted = new Uint8Array(little().length + 3);
    shifted.set(little(), 3);
    expect(decodeNifti(shifted.subarray(3))).toEqual(decodeNifti(little()));
  });

  const changed = (change: (header: DataView) => void) => {
    const bytes = little();
    change(new DataView(bytes.buffer));
    return bytes;
  };
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

  it.each([
    ['anything else', new Uint8Array(1024), /nifti-io\/not-nifti: a\.nii: this is no NIfTI file/],
    ['nothing', new Uint8Array(0), /nifti-io\/not-nifti/],
    [
      'voxels cut short',
      little().subarray(0, little().length - 1),
      /nifti-io\/truncated: a\.nii: the voxels end at byte 399\n {2}expected 48 bytes from byte 352, found 47/,
    ],
    ['gzip cut short', gzipSync(little()).subarray(0, 100), /nifti-io\/bad-gzip/],
    ['the header of a pair', changed((h) => h.setUint8(345, 0x69)), /nifti-io\/header-only/],
    [
      'a time series',
      changed((h) => [4, 2, 3, 2, 2].forEach((n, i) => h.setInt16(40 + 2 * i, n, true))),
      /nifti-io\/not-3d.*\n.*found 2 x 3 x 2 x 2/,
    ],
    ['an empty axis', changed((h) => h.setInt16(42, 0, true)), /nifti-io\/bad-header/],
    ['complex voxels', changed((h) => h.setInt16(70, 32, true)), /nifti-io\/unsupported-data-type(.|\n)*found data type code 32/],
    ['a transform of no numbers', changed((h) => h.setFloat32(280, NaN, true)), /nifti-io\/bad-header.*nowhere/],
  ])('refuses %s', (_name, bytes, message) => {
    expect(() => decodeNifti(bytes, 'a.nii')).toThrow(message);
  });

  it('ends on any damage with a volume or an error of its own', () => {
    const originals = [little(), bytesOf('version 2'), bytesOf('qform, left-handed'), gzipSync(little())];
    fc.assert(
      fc.property(
        fc.constantFrom(...originals),
        fc.array(fc.tuple(fc.nat(600), fc.nat(255)), { maxLength: 8 }),
        fc.nat(600),
        (original, damage, end) => {
          const bytes = Uint8Array.from(original).subarray(0, end);
          for (const [index, value] of damage) if (index < bytes.length) bytes[index] = value;
          try {
            decodeNifti(bytes);
          } catch (error) {
            expect(isMgmtError(error)).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
