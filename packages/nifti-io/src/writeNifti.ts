import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Volume } from '@mgmt/core';
import { writeFileAtomic } from '@mgmt/core/files';
import { encodeNifti } from './encodeNifti.js';

/**
 * Writes a volume or mask as NIfTI-1, whole or not at all. See {@link encodeNifti} for what is written.
 *
 * @param path - compressed where it ends in `.gz`; folders on the way are made
 * @throws `MgmtError` `nifti-io/too-large`, `core/cannot-write`
 * @example
 * await writeNifti('00042_seg.nii.gz', mask);
 */
export async function writeNifti(path: string, volume: Volume): Promise<void> {
  const bytes = encodeNifti(volume);
  await writeFileAtomic(path, path.endsWith('.gz') ? await promisify(gzip)(bytes) : bytes);
}
