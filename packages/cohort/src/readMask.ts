import { MgmtError, type Volume, volume } from '@mgmt/core';
import { readNifti } from '@mgmt/nifti-io';
import type { CaseFiles } from './cohort.js';

/** What the voxels of a BraTS mask may say. The tumor is all but the first. */
export const MASK_LABELS = { background: 0, necroticCore: 1, edema: 2, enhancing: 4 } as const;

/**
 * The tumor mask of a case, its labels checked. Files that hold them as wider integers or as floats, as some releases do, are read alike.
 *
 * @returns voxels of {@link MASK_LABELS}, on the mask's own grid
 * @throws `MgmtError` `cohort/no-mask`, `cohort/bad-mask-label` with the first such voxel, those of `readNifti`
 * @example
 * const mask = await readMask(cohort.train[0]);
 * mask.data.filter((label) => label !== 0).length; // voxels of tumor
 */
export async function readMask({ id, mask: path }: Pick<CaseFiles, 'id' | 'mask'>): Promise<Volume<Uint8Array>> {
  if (path === undefined) {
    throw new MgmtError('the case has no mask', {
      code: 'cohort/no-mask',
      where: id,
      hint: 'not every case has one: take those that do, or fetch the masks of BraTS 2021, task 1',
    });
  }
  const { data, shape, affine } = await readNifti(path);
  for (let i = 0; i < data.length; i++) if (!isMaskLabel(data[i]!)) throw badLabel(path, data[i]!, i, shape);
  return volume(data.constructor.name === 'Uint8Array' ? (data as Uint8Array) : Uint8Array.from(data), shape, affine);
}

const isMaskLabel = (value: number) => value === 0 || value === 1 || value === 2 || value === 4;

function badLabel(path: string, value: number, index: number, [, rows, columns]: Volume['shape']): MgmtError {
  const place = [Math.floor(index / (rows * columns)), Math.floor(index / columns) % rows, index % columns];
  return new MgmtError('the mask has a label that BraTS does not have', {
    code: 'cohort/bad-mask-label',
    where: `${path}, voxel [${place.join(', ')}]`,
    expected: `one of ${Object.values(MASK_LABELS).join(', ')}`,
    found: String(value),
    hint: value === 3 ? 'since 2023 BraTS writes 3 for enhancing tumor: write 4 instead' : 'take the mask as it was published, unresampled',
  });
}
