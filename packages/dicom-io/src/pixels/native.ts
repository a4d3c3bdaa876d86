import type { FileHandle } from 'node:fs/promises';
import { MgmtError } from '@mgmt/core';
import type { Instance } from '../instance.js';

/**
 * Uncompressed pixels, little endian: they go from the file straight into the slice's memory. DICOM PS3.5 section 8.1.1 and annex A.
 *
 * @param file - open for reading
 * @throws `MgmtError` `dicom-io/truncated-pixel-data` where file or element ends early
 */
export async function readNative(file: FileHandle, instance: Instance, into: Uint8Array): Promise<void> {
  const { offset, length = 0 } = instance.pixelData;
  const available = Math.min(length, into.length);
  let done = 0;
  while (done < available) {
    const { bytesRead } = await file.read(into, done, available - done, offset + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  if (done < into.length) throw truncated(instance, into.length, done);
}

function truncated({ path, pixels, pixelData: { offset } }: Instance, expected: number, found: number): MgmtError {
  const number = (value: number) => value.toLocaleString('en-US');
  return new MgmtError(`pixel data ends at byte ${number(offset + found)}`, {
    code: 'dicom-io/truncated-pixel-data',
    where: path,
    expected: `${number(expected)} bytes from byte ${number(offset)} (${pixels.columns} x ${pixels.rows} x 1, ${pixels.bitsAllocated} bits)`,
    found: number(found),
    hint: 'the download was cut short; fetch the file again, or leave the case out',
  });
}
