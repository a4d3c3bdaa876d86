import { availableParallelism } from 'node:os';
import { isMgmtError, MgmtError } from '@mgmt/core';
import { workerModule } from '@mgmt/core/workers';
import type { CasePipeline } from '@mgmt/preprocess';
import type { CaseFiles, SetAside } from '../cohort.js';
import type { ArrayCache, FoundInput } from './arrayCache.js';
import { readingMemory } from './readingMemory.js';
import type { PrepareAnswer, PrepareTask } from './prepareWorker.js';

/** A case with its arrays on disk. */
export interface PreparedCase<C extends CaseFiles = CaseFiles> extends FoundInput {
  readonly case: C;
}

/** What a preparation came to. */
export interface Preparation<C extends CaseFiles = CaseFiles> {
  /** In the order of the cases. */
  readonly ready: readonly PreparedCase<C>[];
  /** In the order of the cases. */
  readonly setAside: readonly SetAside[];
  /** How many of those that are ready were there already. */
  readonly hits: number;
}

/** How far a preparation has come. */
export interface PrepareProgress {
  /** Cases that are ready or set aside. */
  readonly done: number;
  readonly total: number;
  /** The case that was the last. */
  readonly id: string;
}

/** How a preparation is done, watched and stopped. */
export interface PrepareOptions {
  /** How many threads read and compute, each on a case of its own; 0, by default, is none but this one. {@link threadsForMemory} suits most. */
  readonly threads?: number;
  /** Called after each case. */
  readonly onProgress?: (progress: PrepareProgress) => void;
  /** Stops between two cases; what is made stays in the cache. */
  readonly signal?: AbortSignal;
}

/**
 * Makes sure that the cache holds what a pipeline makes of every case. A case of which that is not possible is set aside with the reason and does not stop
 * the others.
 *
 * @throws `MgmtError` `core/cannot-write` where the cache cannot be written, which would befall all cases alike; the signal's reason where it stops
 * @example
 * const { ready, setAside, hits } = await prepareArrays(openArrayCache('.cache/arrays'), cohort.train, paperInputs.resnet10, { threads: 2 });
 */
export async function prepareArrays<C extends CaseFiles>(
  cache: ArrayCache,
  cases: readonly C[],
  pipeline: CasePipeline,
  { threads = 0, onProgress, signal }: PrepareOptions = {},
): Promise<Preparation<C>> {
  const makers = threads > 0 ? await startThreads(cache.folder, pipeline, threads) : here(cache, pipeline);
  const results = new Array<PreparedCase<C> | SetAside>(cases.length);
  let next = 0;
  let done = 0;
  let failed = false;
  const lane = async () => {
    const make = makers.lane();
    for (let i = next++; i < cases.length && !failed; i = next++) {
      signal?.throwIfAborted();
      const current = cases[i]!;
      results[i] = await settle(current, make);
      onProgress?.({ done: ++done, total: cases.length, id: current.id });
    }
  };
  const stopOthers = (error: unknown) => {
    failed = true;
    throw error;
  };
  try {
    await Promise.all(Array.from({ length: makers.lanes }, () => lane().catch(stopOthers)));
  } finally {
    await makers.close();
  }
  const ready = results.filter((result) => 'case' in result);
  return { ready, setAside: results.filter((result) => 'reason' in result), hits: ready.filter(({ hit }) => hit).length };
}

/** As many threads as the machine has processors, but no more than its memory is for: a case of 512 x 512 takes up to 0.7 GB on its way. */
export function threadsForMemory(freeBytes: number): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(freeBytes / 0.7e9)));
}

type Make = (source: CaseFiles) => Promise<FoundInput>;

async function settle<C extends CaseFiles>(current: C, make: Make): Promise<PreparedCase<C> | SetAside> {
  try {
    return { case: current, ...(await make(current)) };
  } catch (error) {
    if (isMgmtError(error) && error.code === 'core/cannot-write') throw error;
    return { id: current.id, reason: error instanceof Error ? error.message : String(error) };
  }
}

interface Makers {
  /** How many cases are under way at once. */
  readonly lanes: number;
  /** What one of them makes its cases by, one after the other. */
  lane(): Make;
  close(): Promise<void>;
}

/** One case is computed while the files of the next are read. */
function here(cache: ArrayCache, pipeline: CasePipeline): Makers {
  const lane = (): Make => {
    const memory = readingMemory();
    return (source) => cache.get(source, pipeline, memory);
  };
  return { lanes: 2, lane, close: () => Promise.resolve() };
}

async function startThreads(folder: string, pipeline: CasePipeline, threads: number): Promise<Makers> {
  const { Piscina } = await import('piscina');
  const pool = new Piscina({ ...workerModule(import.meta.url, './prepareWorker'), minThreads: threads, maxThreads: threads });
  const make: Make = async ({ id, series, mask }) => {
    const task: PrepareTask = { folder, pipeline, source: { id, series, ...(mask !== undefined && { mask }) } };
    const answer = (await pool.run(task).catch((cause: unknown) => {
      throw new MgmtError('the thread that prepared the case died', {
        code: 'cohort/worker-crashed',
        where: id,
        found: cause instanceof Error ? cause.message : String(cause),
        hint: 'with less memory a machine may need fewer threads',
        cause,
      });
    })) as PrepareAnswer;
    if ('error' in answer) throw new MgmtError(answer.error.sentence, answer.error);
    return answer.found;
  };
  return { lanes: threads, lane: () => make, close: () => pool.destroy() };
}
