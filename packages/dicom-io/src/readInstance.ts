import { open } from 'node:fs/promises';
import { MgmtError } from '@mgmt/core';
import { isPart10 } from './dataSet.js';
import type { Instance } from './instance.js';
import { reasonOf } from './listFiles.js';
import { type HeaderConfig, parseInstance } from './parseInstance.js';
import type { Skipped } from './skipped.js';

/**
 * Reads the header of a file and no more of it than that takes: 64 KiB, then four times as much, until the pixel data begin.
 *
 * @param path - a regular file
 * @returns the instance, or why the file is none
 */
export async function readInstance(path: string, config: HeaderConfig): Promise<Instance | Skipped> {
  try {
    const file = await open(path);
    try {
      let head = new Uint8Array(0);
      for (let size = FIRST_READ; ; size *= 4) {
        const longer = new Uint8Array(size);
        longer.set(head);
        const { bytesRead } = await file.read(longer, head.length, size - head.length, head.length);
        const whole = head.length + bytesRead < size;
        head = longer.subarray(0, head.length + bytesRead);
        if (head.length === 0) return { path, reason: 'an empty file' };
        if (!isPart10(head)) return { path, reason: 'no DICOM file' };
        try {
          return parseInstance(head, path, config);
        } catch (error) {
          if (whole || size >= LONGEST_HEADER) throw error;
        }
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!(error instanceof MgmtError)) {
      if (!(error as NodeJS.ErrnoException).syscall) throw error;
      return { path, reason: `cannot be read (${reasonOf(error)})`, error: unreadable(path, error) };
    }
    return error.code === 'dicom-io/not-an-image'
      ? { path, reason: 'a DICOM file without an image' }
      : { path, reason: error.message, error };
  }
}

function unreadable(path: string, cause: unknown): MgmtError {
  return new MgmtError(`the file cannot be read (${reasonOf(cause)})`, { code: 'dicom-io/cannot-read', where: path, cause });
}

const FIRST_READ = 65_536;
const LONGEST_HEADER = 2 ** 28;
