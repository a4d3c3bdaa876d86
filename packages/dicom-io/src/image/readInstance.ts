import { MgmtError } from '@mgmt/core';
import { openDicomFile } from '../dicomFile.js';
import type { Instance } from './instance.js';
import type { ReadLimits } from '../limits.js';
import { instanceOf } from './parseInstance.js';
import type { HeaderConfig } from './seriesHeader.js';
import type { Skipped } from '../series/skipped.js';

/**
 * Reads the header of a file.
 *
 * @param path - a regular file
 * @returns the instance, or why the file is none
 */
export async function readInstance(path: string, config: HeaderConfig & ReadLimits): Promise<Instance | Skipped> {
  try {
    const { packing, ...opened } = await openDicomFile(path, config);
    return instanceOf(opened, packing, path, config);
  } catch (error) {
    if (!(error instanceof MgmtError)) throw error;
    const reason = NOT_MEANT[error.code];
    return reason ? { path, reason } : { path, reason: error.message, error };
  }
}

/** Files that may lie beside images, and are none. */
const NOT_MEANT: Readonly<Record<string, string>> = {
  'dicom-io/empty-file': 'an empty file',
  'dicom-io/not-dicom': 'no DICOM file',
  'dicom-io/not-an-image': 'a DICOM file without an image',
};
