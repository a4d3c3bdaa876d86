import { open } from 'node:fs/promises';
import { MgmtError, type Volume, volume } from '@mgmt/core';
import { concurrently, FILES_AT_ONCE } from './concurrently.js';
import type { Instance } from './instance.js';
import { reasonOf } from './listFiles.js';
import { checkPixelFormat } from './pixels/checkPixelFormat.js';
import { cleanBits, type StoredArray, storedArray } from './pixels/cleanBits.js';
import { pixelReaderOf } from './pixels/pixelReaders.js';
import type { Stack } from './stack.js';

/**
 * Reads the pixels of a stack's slices into one volume.
 *
 * @param rescale - apply slope and intercept where they are not 1 and 0 in every slice: the result is then float32
 * @throws `MgmtError` of the first slice that cannot be read
 */
export async function loadStack({ slices, shape, affine }: Stack, rescale: boolean): Promise<Volume> {
  for (const slice of slices) checkPixelFormat(slice);
  const readers = slices.map(pixelReaderOf);
  const sliceVoxels = shape[1] * shape[2];
  const stored = storedArray(slices[0]!.pixels, shape[0] * sliceVoxels);
  const sliceBytes = sliceVoxels * stored.BYTES_PER_ELEMENT;
  await concurrently(slices, FILES_AT_ONCE, async (slice, k) => {
    const file = await openImage(slice.path);
    try {
      await readers[k]!(file, slice, new Uint8Array(stored.buffer, k * sliceBytes, sliceBytes));
    } finally {
      await file.close();
    }
    cleanBits(stored.subarray(k * sliceVoxels, (k + 1) * sliceVoxels), slice.pixels);
  });
  const plain = slices.every(({ rescale: { slope, intercept } }) => slope === 1 && intercept === 0);
  return volume(plain || !rescale ? stored : rescaled(stored, slices), shape, affine);
}

/** In float64, then rounded. Each slice has a slope and an intercept of its own. */
function rescaled(stored: StoredArray, slices: readonly Instance[]): Float32Array {
  const values = new Float32Array(stored.length);
  const sliceVoxels = stored.length / slices.length;
  slices.forEach(({ rescale: { slope, intercept } }, k) => {
    const end = (k + 1) * sliceVoxels;
    for (let i = k * sliceVoxels; i < end; i++) values[i] = stored[i]! * slope + intercept;
  });
  return values;
}

async function openImage(path: string) {
  try {
    return await open(path);
  } catch (cause) {
    throw new MgmtError(`the file cannot be read (${reasonOf(cause)})`, { code: 'dicom-io/cannot-read', where: path, cause });
  }
}
