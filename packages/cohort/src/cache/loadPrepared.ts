import { open, readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { decodeNpy, MgmtError, npyLayout } from '@mgmt/core';
import { type CachedInput, dropRecord } from './cacheEntry.js';

type Arrays = Pick<CachedInput, 'arrays' | 'key'>;

/**
 * The voxels of a prepared case, in C order.
 *
 * @param input - which of the network's inputs, the first by default
 * @returns `arrays[input].shape` tells the axes
 * @throws `MgmtError` `cohort/lost-array` where the file is gone or damaged since it was prepared
 */
export async function loadPrepared(prepared: Arrays, input = 0): Promise<Float32Array> {
  const { path } = prepared.arrays[input]!;
  try {
    return float32(decodeNpy(await readFile(path), path).data);
  } catch (cause) {
    throw await lost(prepared, path, cause);
  }
}

/**
 * One sample of a prepared case whose slices are samples; no other one is read.
 *
 * @param sample - its index along the array's first axis
 * @returns `arrays[input].shape` without its first axis
 * @throws `MgmtError` `cohort/lost-array`
 */
export async function loadSample(prepared: Arrays, sample: number, input = 0): Promise<Float32Array> {
  const { path, shape } = prepared.arrays[input]!;
  const length = shape.slice(1).reduce((product, n) => product * n, 1);
  try {
    const file = await open(path);
    try {
      const head = new Uint8Array(HEAD_BYTES);
      const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0);
      const { start, shape: stored } = npyLayout(head.subarray(0, bytesRead), path);
      if (stored.join() !== shape.join()) throw new Error(`its shape is ${stored.join(' x ')}`);
      const values = new Float32Array(length);
      const read = await file.read(new Uint8Array(values.buffer), 0, values.byteLength, start + sample * values.byteLength);
      if (read.bytesRead < values.byteLength) throw new Error('it ends early');
      return values;
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw await lost(prepared, path, cause);
  }
}

function float32(data: ReturnType<typeof decodeNpy>['data']): Float32Array {
  if (data.constructor.name === 'Float32Array') return data as Float32Array;
  throw new Error(`its elements are of ${data.constructor.name}`);
}

/** Without its record the entry does not count, and is made again. */
async function lost({ key }: Arrays, path: string, cause: unknown): Promise<MgmtError> {
  await dropRecord(dirname(path), key);
  return new MgmtError('a prepared array cannot be read', {
    code: 'cohort/lost-array',
    where: path,
    found: cause instanceof Error ? cause.message : basename(path),
    hint: 'give the same command again; what is missing from the cache is made again',
    cause,
  });
}

const HEAD_BYTES = 1024;
