import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { axisCodes } from '@mgmt/core';
import { decodeNifti, readNifti } from '../src/index.js';

interface Reference {
  readonly path: string;
  readonly klass?: string;
  readonly shape: readonly number[];
  readonly affine_ras: readonly (readonly number[])[];
  readonly stored: { readonly dtype: string; readonly sha256_le: string };
  readonly scaled: { readonly min: number; readonly max: number; readonly mean: number };
}

const shared = process.env.MGMT_SHARED_DATA;
const real = join(shared ?? '', 'real');
const parse = (text: string) => JSON.parse(text.replace(/\bNaN\b/g, 'null')) as Reference; // Python's JSON
const references = (folder: string): Reference[] =>
  !shared || !existsSync(join(real, '_ref', folder))
    ? []
    : readdirSync(join(real, '_ref', folder))
        .filter((name) => name.endsWith('.json'))
        .map((name) => parse(readFileSync(join(real, '_ref', folder, name), 'utf8')));
const single = [...references('nifti'), ...references('nifti/orient')].filter(
  ({ klass, shape }) => /^Nifti[12]Image$/.test(klass ?? '') && shape.slice(3).every((n) => n === 1),
);

(shared ? describe : describe.skip)('real files (needs MGMT_SHARED_DATA)', () => {
  it('finds all of them', () => expect(single).toHaveLength(24));

  it.each(single)('equals nibabel: $path', async ({ path, shape, affine_ras, stored, scaled }) => {
    const volume = await readNifti(join(real, path));
    expect(volume.shape).toEqual(shape.slice(0, 3).reverse());
    const [x, y, z] = volume.affine;
    [x.map((v) => -v), y.map((v) => -v), z].forEach((row, r) =>
      row.forEach((v, c) => expect(Math.abs(v - affine_ras[r]![c]!)).toBeLessThan(1e-4)),
    );
    let [min, max, sum] = [Infinity, -Infinity, 0];
    for (const value of volume.data) {
      if (value < min) min = value;
      if (value > max) max = value;
      sum += value;
    }
    const tolerance = 1e-5 * Math.max(1, Math.abs(scaled.max)); // float32 of what nibabel has in float64
    expect(Math.abs(min - scaled.min)).toBeLessThan(tolerance);
    expect(Math.abs(max - scaled.max)).toBeLessThan(tolerance);
    expect(Math.abs(sum / volume.data.length - scaled.mean)).toBeLessThan(tolerance);
    const scales = volume.data.constructor.name === 'Float32Array' && !stored.dtype.endsWith('f4');
    if (!scales) {
      const { buffer, byteOffset, byteLength } = volume.data;
      expect(
        createHash('sha256')
          .update(new Uint8Array(buffer, byteOffset, byteLength))
          .digest('hex'),
      ).toBe(stored.sha256_le);
    }
  });

  it('keeps the orientation that each of the fifteen is named for', async () => {
    for (const { path } of references('nifti/orient')) {
      const codes = axisCodes((await readNifti(join(real, path))).affine); // [k, j, i]
      expect([...codes].reverse().join('')).toBe(path.slice(-10, -7));
    }
  });

  it.each(['4-D', '5-D'])('refuses %s files by name', (dimensions) => {
    const path = dimensions === '4-D' ? 'nifti/functional.nii' : 'nifti/5D_small.nii';
    expect(() => decodeNifti(readFileSync(join(real, path)))).toThrow(/nifti-io\/not-3d/);
  });

  it.each([
    ['not-nifti.nii', 'not-nifti'],
    ['analyze.hdr', 'not-nifti'],
    ['air.img.gz', 'not-nifti'],
    ['nifti1.hdr', 'header-only'],
  ])('refuses the malformed %s as %s', async (name, code) => {
    await expect(readNifti(join(shared!, 'malformed/nifti', name))).rejects.toThrow(`nifti-io/${code}`);
  });
});
