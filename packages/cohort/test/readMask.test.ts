import { join } from 'node:path';
import { volume, type VoxelArray } from '@mgmt/core';
import { writeNifti } from '@mgmt/nifti-io';
import { readMask } from '../src/index.js';
import { emptyFolder } from './folders.js';

/** A case whose mask begins with these voxels. */
async function masked(data: VoxelArray) {
  const mask = join(await emptyFolder(), 'seg.nii.gz');
  await writeNifti(mask, volume(data, [2, 3, 4]));
  return { id: '00042', mask };
}

const labels = Array.from({ length: 24 }, (_, i) => [0, 1, 2, 4][i % 4]!);

describe('readMask', () => {
  it.each([Uint8Array, Int16Array, Float32Array, Float64Array])('gives bytes whatever the file holds: %p', async (Type) => {
    const { data, shape } = await readMask(await masked(Type.from(labels)));
    expect(data).toEqual(Uint8Array.from(labels));
    expect(shape).toEqual([2, 3, 4]);
  });

  it.each([
    ['3, which is 4 of another year', 3, /since 2023 BraTS writes 3/],
    ['a label between, of a mask that was resampled', 1.5, /unresampled/],
    ['a negative label', -1, /found -1/],
    ['no number', NaN, /found NaN/],
    ['a label beyond a byte', 260, /found 260/],
  ])('refuses %s, and says where', async (_name, label, message) => {
    const voxels = Float32Array.from(labels, (value, i) => (i === 18 ? label : value));
    const source = await masked(voxels);
    await expect(readMask(source)).rejects.toThrow(message);
    await expect(readMask(source)).rejects.toThrow(
      /cohort\/bad-mask-label: .*seg\.nii\.gz, voxel \[1, 1, 2\]: [^]*expected one of 0, 1, 2, 4/,
    );
  });

  it('names a case without mask', async () => {
    await expect(readMask({ id: '00042' })).rejects.toThrow(/cohort\/no-mask: 00042: the case has no mask/);
  });
});
