import { readFile, stat } from 'node:fs/promises';
import { MgmtError, type Volume } from '@mgmt/core';
import { decodeNifti } from './decodeNifti.js';

/**
 * Reads a volume or mask from a NIfTI file, gzip or not (told by its bytes, not its name). See {@link decodeNifti} for axes and types.
 *
 * @throws `MgmtError` `nifti-io/cannot-read` where there is no such regular file, else as `decodeNifti`
 * @example
 * const mask = await readNifti('BraTS2021_00000_seg.nii.gz'); // [155, 240, 240], Uint8Array
 */
export async function readNifti(path: string): Promise<Volume> {
  return decodeNifti(await readRegularFile(path), path);
}

async function readRegularFile(path: string): Promise<Uint8Array> {
  const unreadable = (found: string, cause?: unknown) =>
    new MgmtError('the file cannot be read', {
      code: 'nifti-io/cannot-read',
      where: path,
      expected: 'a regular file',
      found,
      hint: 'check the path',
      cause,
    });
  try {
    if (!(await stat(path)).isFile()) throw unreadable('something else'); // a pipe would never answer
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof MgmtError) throw cause;
    throw unreadable((cause as NodeJS.ErrnoException).code ?? String(cause), cause);
  }
}
