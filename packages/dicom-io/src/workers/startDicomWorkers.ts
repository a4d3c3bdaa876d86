import { availableParallelism } from 'node:os';
import { MgmtError } from '@mgmt/core';
import { workerModule, type WorkerModule } from '@mgmt/core/workers';
import type { Piscina } from 'piscina';
import { concurrently } from '../concurrently.js';
import type { SliceJob } from '../series/loadSlices.js';
import type { StoredArray } from '../pixels/storedArray.js';
import type { DicomWorkers } from './dicomWorkers.js';
import type { VoxelType, WorkerAnswer, WorkerTask } from './sliceWorker.js';

/** How many threads there are. */
export interface DicomWorkersConfig {
  /** As many as the machine runs at once by default. */
  readonly threads?: number;
}

/**
 * Starts threads that read and decode the files of a series, for `readSeries` and `readAllSeries`. It pays where files are compressed, or are many; the
 * threads stay warm between series, so start them once.
 *
 * @example
 * const workers = await startDicomWorkers({ threads: 4 });
 * for (const folder of folders) await readSeries(folder, { workers });
 * await workers.close();
 */
export async function startDicomWorkers({ threads = availableParallelism() }: DicomWorkersConfig = {}): Promise<DicomWorkers> {
  return startThreads(workerModule(import.meta.url, './sliceWorker'), threads);
}

/** @param worker - a module whose default export takes a {@link WorkerTask} */
export async function startThreads(worker: WorkerModule, threads: number): Promise<DicomWorkers> {
  const { Piscina } = await import('piscina');
  const pool = new Piscina({ ...worker, minThreads: threads, maxThreads: threads });
  return {
    load: (jobs, voxels) => load(pool, threads, jobs, voxels),
    close: () => pool.destroy(),
  };
}

async function load(pool: Piscina, threads: number, jobs: readonly SliceJob[], voxels: StoredArray): Promise<void> {
  const { buffer, byteOffset, length } = voxels;
  const type = voxels.constructor.name as VoxelType;
  const shared = isShared(buffer) ? { type, buffer, byteOffset, length } : undefined;
  // several files a task, to spare messages; several tasks a thread, so that none waits long for the last; a file of many frames is divided among threads
  const slices = jobs.reduce((sum, job) => sum + job.slices.length, 0);
  const most = Math.max(1, Math.ceil(slices / (threads * TASKS_A_THREAD)));
  const tasks = batches(
    jobs.flatMap((job) => divided(job, most)),
    most,
  );
  await concurrently(tasks, threads + 1, async (task) => {
    const progress = new Int32Array(new SharedArrayBuffer(4));
    const answer = await run(pool, { jobs: task, progress, shared, type });
    if ('error' in answer) throw new MgmtError(answer.error.sentence, answer.error);
    for (const [slice, values] of answer.slices) voxels.set(values, slice * values.length);
  });
}

/** A file that must be unpacked as a whole is not divided: each part would unpack it again. */
function divided(job: SliceJob, most: number): SliceJob[] {
  if (job.slices.length <= most || job.instance.pixelData.packing !== 'none') return [job];
  return Array.from({ length: Math.ceil(job.slices.length / most) }, (_, i) => ({
    ...job,
    slices: job.slices.slice(i * most, (i + 1) * most),
  }));
}

/** Jobs in their order, together as long as they have no more slices than this. */
function batches(jobs: readonly SliceJob[], most: number): SliceJob[][] {
  const tasks: SliceJob[][] = [];
  let slices = Infinity;
  for (const job of jobs) {
    slices += job.slices.length;
    if (slices > most) {
      tasks.push([]);
      slices = job.slices.length;
    }
    tasks.at(-1)!.push(job);
  }
  return tasks;
}

async function run(pool: Piscina, task: WorkerTask): Promise<WorkerAnswer> {
  try {
    return (await pool.run(task)) as WorkerAnswer;
  } catch (cause) {
    throw new MgmtError('the thread that read this file died', {
      code: 'dicom-io/worker-crashed',
      where: task.jobs[task.progress[0]!]!.instance.path,
      found: cause instanceof Error ? cause.message : String(cause),
      hint: 'read the file without workers to see why; with less memory a machine may need fewer threads',
      cause,
    });
  }
}

const isShared = (buffer: ArrayBufferLike): buffer is SharedArrayBuffer => buffer.constructor.name === 'SharedArrayBuffer';

const TASKS_A_THREAD = 4;
