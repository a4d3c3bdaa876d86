import { readFile, rm } from 'node:fs/promises';
import { decodeNpy, isMgmtError, MgmtError } from '@mgmt/core';
import type { Step } from '@mgmt/preprocess';
import type { ArrayCache, CachedArray } from './arrayCache.js';
import type { Case, Modality, SetAside } from './cohort.js';

/** A case with its array on disk. */
export interface PreparedCase extends CachedArray {
  readonly case: Case;
}

/** How far a preparation has come. */
export interface PrepareProgress {
  /** Cases that are ready or set aside. */
  readonly done: number;
  readonly total: number;
  /** The case that was the last. */
  readonly id: string;
}

/** How a preparation is watched and stopped. */
export interface PrepareOptions {
  /** Called after each case. */
  readonly onProgress?: (progress: PrepareProgress) => void;
  /** Stops between two cases; what is made stays in the cache. */
  readonly signal?: AbortSignal;
}

/**
 * Makes sure that the cache holds one series of every case. A case of which that is not possible is set aside with the reason and does not stop the others.
 *
 * @returns both in the order of the cases
 * @throws `MgmtError` `core/cannot-write` where the cache cannot be written, which would befall all cases alike; the signal's reason where it stops
 * @example
 * const { ready, setAside } = await prepareArrays(openArrayCache('.cache/arrays'), cohort.train, 'T1wCE', resnet10Input());
 */
export async function prepareArrays(
  cache: ArrayCache,
  cases: readonly Case[],
  modality: Modality,
  steps: readonly Step[],
  { onProgress, signal }: PrepareOptions = {},
): Promise<{ readonly ready: readonly PreparedCase[]; readonly setAside: readonly SetAside[] }> {
  const results = new Array<PreparedCase | SetAside>(cases.length);
  let next = 0;
  let done = 0;
  let failed = false;
  const worker = async () => {
    for (let i = next++; i < cases.length && !failed; i = next++) {
      signal?.throwIfAborted();
      const current = cases[i]!;
      results[i] = await prepare(current);
      onProgress?.({ done: ++done, total: cases.length, id: current.id });
    }
  };
  const prepare = async (current: Case): Promise<PreparedCase | SetAside> => {
    try {
      return { case: current, ...(await cache.get(current, modality, steps)) };
    } catch (error) {
      if (isMgmtError(error) && error.code === 'core/cannot-write') throw error;
      return { id: current.id, reason: error instanceof Error ? error.message : String(error) };
    }
  };
  const stopOthers = (error: unknown) => {
    failed = true;
    throw error;
  };
  await Promise.all(Array.from({ length: CASES_AT_ONCE }, () => worker().catch(stopOthers)));
  return {
    ready: results.filter((result) => 'case' in result),
    setAside: results.filter((result) => 'reason' in result),
  };
}

/** One computes while the files of the others are read. More would only take memory: a case is up to 0.3 GB on its way. */
const CASES_AT_ONCE = 3;

/**
 * The voxels of a prepared case, `[slices, rows, columns]` in C order.
 *
 * @throws `MgmtError` `cohort/lost-array` where the file is gone or damaged since it was prepared
 */
export async function loadPrepared({ path }: Pick<PreparedCase, 'path'>): Promise<Float32Array> {
  try {
    const { data } = decodeNpy(await readFile(path), path);
    if (data.constructor.name === 'Float32Array') return data as Float32Array;
    throw new Error(`its elements are of ${data.constructor.name}`);
  } catch (cause) {
    await rm(path.replace(/\.npy$/, '.json'), { force: true }).catch(() => undefined); // without it the entry does not count, and is made again
    throw new MgmtError('a prepared array cannot be read', {
      code: 'cohort/lost-array',
      where: path,
      found: (cause as Error).message,
      hint: 'give the same command again; what is missing from the cache is made again',
      cause,
    });
  }
}
