import { isMgmtError, type MgmtError } from '@mgmt/core';
import { loadSlices, type SliceJob } from '../series/loadSlices.js';
import type { StoredArray, StoredType } from '../pixels/storedArray.js';

/** What a thread is asked to do: some files of one volume. */
export interface WorkerTask {
  readonly jobs: readonly SliceJob[];
  /** Set to the index of the job that is being done, so that it is known when the thread dies. */
  readonly progress: Int32Array;
  /** The volume's voxels in shared memory; without, slices are sent back. */
  readonly shared:
    { readonly type: VoxelType; readonly buffer: SharedArrayBuffer; readonly byteOffset: number; readonly length: number } | undefined;
  /** Of the values sent back. */
  readonly type: VoxelType;
}

/** What comes back: an error is plain data, since its class does not survive the way. */
export type WorkerAnswer =
  { readonly slices: readonly (readonly [slice: number, values: StoredArray])[] } | { readonly error: ReturnType<MgmtError['toJSON']> };

/** The name of a typed array. */
export type VoxelType =
  'Int8Array' | 'Uint8Array' | 'Int16Array' | 'Uint16Array' | 'Int32Array' | 'Uint32Array' | 'Float32Array' | 'Float64Array';

/** Reads the slices of some files, in a thread. */
export default async function work({ jobs, progress, shared, type }: WorkerTask): Promise<WorkerAnswer> {
  const voxels = shared && new VOXELS[shared.type](shared.buffer, shared.byteOffset, shared.length);
  const sent: [number, StoredArray][] = [];
  const scratch: StoredArray[] = [];
  try {
    for (const [index, job] of jobs.entries()) {
      progress[0] = index;
      if (voxels) await loadSlices(job, voxels, scratch);
      else {
        const { rows, columns } = job.instance.pixels;
        const length = rows * columns;
        const values = new VOXELS[type](job.slices.length * length);
        await loadSlices({ ...job, slices: job.slices.map((target, i) => ({ ...target, slice: i })) }, values, scratch);
        job.slices.forEach(({ slice }, i) => sent.push([slice, values.subarray(i * length, (i + 1) * length)]));
      }
    }
    return { slices: sent };
  } catch (error) {
    if (!isMgmtError(error)) throw error;
    return { error: error.toJSON() };
  }
}

/** The voxel types, by name: a name crosses to another thread, a constructor does not. */
const VOXELS: Readonly<Record<VoxelType, StoredType>> = {
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
};
