import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { rng, type Volume, volume } from '@mgmt/core';
import { writeNifti } from '@mgmt/nifti-io';

/** A small image of noise, different for every seed. */
export function smallImage(seed: number): Volume<Int16Array> {
  const noise = rng(seed).child('image');
  return volume(
    Int16Array.from({ length: 60 }, () => noise.integer(1, 999)),
    [3, 4, 5],
  );
}

/** A mask on the grid of {@link smallImage}: these labels, then background. */
export const smallMask = (...labels: readonly number[]): Volume<Uint8Array> =>
  volume(
    Uint8Array.from({ length: 60 }, (_, i) => labels[i] ?? 0),
    [3, 4, 5],
  );

/** Writes a case of the BraTS layout: four images and a mask, all on one grid. */
export async function writeBratsCase(root: string, name: string, seed: number, ending = '.nii.gz'): Promise<void> {
  const path = (suffix: string) => join(root, name, `${name}_${suffix}${ending}`);
  await mkdir(dirname(path('')), { recursive: true });
  for (const [i, suffix] of ['flair', 't1', 't1ce', 't2'].entries()) await writeNifti(path(suffix), smallImage(4 * seed + i));
  await writeNifti(path('seg'), smallMask(1, 2, 4));
}
