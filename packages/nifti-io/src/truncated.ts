import { MgmtError } from '@mgmt/core';

/**
 * The error of voxels that are not all there.
 *
 * @param found - where the file ends
 * @param bound - for gzip that has not been inflated
 */
export function truncated(where: string, offset: number, end: number, found: number, bound: '' | 'at most ' = ''): MgmtError {
  return new MgmtError(`the voxels end at ${bound && 'or before '}byte ${found}`, {
    code: 'nifti-io/truncated',
    where,
    expected: `${end - offset} bytes from byte ${offset}`,
    found: bound + Math.max(0, found - offset),
    hint: 'the file was cut short, or its header is damaged; fetch it again',
  });
}
