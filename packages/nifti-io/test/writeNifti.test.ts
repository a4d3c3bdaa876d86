import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Affine, volume, type VoxelArray } from '@mgmt/core';
import fc from 'fast-check';
import { decodeNifti, encodeNifti, readNifti, writeNifti } from '../src/index.js';

const folder = () => mkdtempSync(join(tmpdir(), 'nifti-'));
const affine: Affine = [
  [0.75, 0, 0.5, -100.5],
  [0, -1.5, 0, 20],
  [0.25, 0, 3, 7],
  [0, 0, 0, 1],
]; // exact in float32
const arrays = [Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array] as const;
const hasNibabel = (() => {
  try {
    execFileSync('python3', ['-c', 'import nibabel'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

describe('encodeNifti', () => {
  it('is undone by decodeNifti: every type, any extents', () => {
    const extent = fc.integer({ min: 1, max: 6 });
    fc.assert(
      fc.property(fc.constantFrom(...arrays), fc.tuple(extent, extent, extent), fc.integer(), (Voxels, shape, seed) => {
        const data: VoxelArray = new Voxels(shape[0] * shape[1] * shape[2]);
        for (let i = 0; i < data.length; i++) data[i] = Math.imul(seed + i, 2654435761) / 7;
        const written = volume(data, shape, affine);
        expect(decodeNifti(encodeNifti(written))).toEqual(written);
      }),
    );
  });

  it('keeps an affine to the precision of float32', () => {
    const number = fc.double({ min: -1000, max: 1000, noNaN: true });
    fc.assert(
      fc.property(fc.array(number, { minLength: 12, maxLength: 12 }), (n) => {
        const any = [n.slice(0, 4), n.slice(4, 8), n.slice(8), [0, 0, 0, 1]] as unknown as Affine;
        const back = decodeNifti(encodeNifti(volume(new Uint8Array(1), [1, 1, 1], any))).affine;
        back.flat().forEach((value, i) => expect(value).toBe(Math.fround(any.flat()[i]!) + 0));
      }),
    );
  });

  it('refuses extents that the header cannot hold', () => {
    expect(() => encodeNifti(volume(new Uint8Array(32_768), [32_768, 1, 1]))).toThrow(/nifti-io\/too-large(.|\n)*found 32768 x 1 x 1/);
  });
});

describe('writeNifti', () => {
  const mask = volume(
    Uint8Array.from({ length: 24 }, (_, i) => i % 5),
    [2, 3, 4],
    affine,
  );

  it.each(['mask.nii', 'mask.nii.gz'])('is undone by readNifti: %s', async (name) => {
    const path = join(folder(), 'made/on/the/way', name);
    await writeNifti(path, mask);
    expect(await readNifti(path)).toEqual(mask);
    expect(readFileSync(path)[0]).toBe(name.endsWith('.gz') ? 0x1f : 0x5c);
  });

  (hasNibabel ? it : it.skip).each(arrays)('is read equally by nibabel (needs python3 with nibabel): %p', async (Voxels) => {
    const path = join(folder(), 'image.nii.gz');
    const data: VoxelArray = new Voxels(24);
    for (let i = 0; i < data.length; i++) data[i] = (i - 3) * 1000.125; // wraps where the type is narrow
    await writeNifti(path, volume(data, [2, 3, 4], affine));
    const script =
      'import nibabel,sys,json; i=nibabel.load(sys.argv[1]); a=i.dataobj.get_unscaled(); print(json.dumps([i.shape, i.affine.tolist(), a.dtype.name, a.ravel(order="F").tolist()]))';
    const [shape, ras, type, values] = JSON.parse(execFileSync('python3', ['-c', script, path]).toString()) as [
      number[],
      number[][],
      string,
      number[],
    ];
    expect(shape).toEqual([4, 3, 2]);
    expect(ras).toEqual([[-0.75, 0, -0.5, 100.5], [0, 1.5, 0, -20], affine[2], affine[3]].map((row) => row.map((value) => value + 0)));
    expect(`${type}array`).toBe(Voxels.name.toLowerCase());
    expect(values).toEqual([...data]);
  });
});
