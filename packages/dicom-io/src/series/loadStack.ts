import { MgmtError, type Volume, volume } from '@mgmt/core';
import { concurrently, FILES_AT_ONCE } from '../concurrently.js';
import type { Instance } from '../image/instance.js';
import type { ReadLimits } from '../limits.js';
import { loadSlices, type SliceJob, type SliceTarget } from './loadSlices.js';
import { checkGrayscale, checkPixelFormat } from '../pixels/checkPixelFormat.js';
import { type MemoryFor, type StoredArray, type StoredType, storedType } from '../pixels/storedArray.js';
import type { Stack } from './stack.js';
import type { DicomWorkers } from '../workers/dicomWorkers.js';

/** How the voxels of a volume are made. */
export interface VoxelConfig extends ReadLimits {
  /** Apply rescale slope and intercept where they are not 1 and 0; voxels are then float32. True by default. */
  readonly rescale?: boolean;
  /** Make voxels float32 in any case, as a network takes them. False by default: integers stay as small as the file has them. */
  readonly float32?: boolean;
  /**
   * Memory to read into, of the volume's length: a `Float32Array`, or the type that the voxels have of themselves. The volume's data is then this array. Or
   * a function that gives memory for a type and a length: fresh memory for every series of a cohort costs more than reading them.
   */
  readonly out?: StoredArray | MemoryFor;
  /** Threads that read and decode; see `startDicomWorkers`. Without, this thread does. */
  readonly workers?: DicomWorkers;
}

/**
 * Reads the pixels of a stack's slices into one volume.
 *
 * @throws `MgmtError` of the first slice that cannot be read; `dicom-io/out-mismatch` where `out` does not fit
 */
export async function loadStack({ slices, shape, affine }: Stack, config: VoxelConfig): Promise<Volume> {
  for (const { instance } of slices) {
    checkGrayscale(instance);
    checkPixelFormat(instance);
  }
  const { rescale = true, workers, out } = config;
  const scales = rescale && slices.some(({ rescale: { slope, intercept } }) => slope !== 1 || intercept !== 0);
  const stored = storedType(slices[0]!.instance.pixels);
  const Voxels = config.float32 || scales || (typeof out === 'object' && out.constructor.name === 'Float32Array') ? Float32Array : stored;
  const length = shape[0] * shape[1] * shape[2];
  const given = typeof out === 'function' ? out(Voxels, length) : out;
  const voxels = given ? checked(given, Voxels, length, slices[0]!.instance) : allocated(Voxels, length, workers !== undefined);
  const jobs = jobsOf(slices, scales, config);
  if (workers) await workers.load(jobs, voxels);
  else {
    const scratch: StoredArray[] = [];
    await concurrently(jobs, FILES_AT_ONCE, (job) => loadSlices(job, voxels, scratch));
  }
  return volume(voxels, shape, affine);
}

/** A job a file. */
function jobsOf(slices: Stack['slices'], scales: boolean, { maxVoxelsPerFile, maxUnpackedBytes }: ReadLimits): SliceJob[] {
  const jobs = new Map<Instance, SliceTarget[]>();
  slices.forEach(({ instance, index, rescale }, slice) => {
    const target = { frame: index, slice, rescale: scales ? rescale : undefined };
    const targets = jobs.get(instance);
    if (targets) targets.push(target);
    else jobs.set(instance, [target]);
  });
  const limits: ReadLimits = { ...(maxVoxelsPerFile && { maxVoxelsPerFile }), ...(maxUnpackedBytes && { maxUnpackedBytes }) };
  return [...jobs].map(([instance, targets]) => ({ instance, slices: targets, limits }));
}

/** Memory that threads fill is shared among them. */
function allocated(Voxels: StoredType, length: number, shared: boolean): StoredArray {
  return shared ? new Voxels(new SharedArrayBuffer(length * Voxels.BYTES_PER_ELEMENT), 0, length) : new Voxels(length);
}

function checked(out: StoredArray, Voxels: StoredType, length: number, { path }: Instance): StoredArray {
  const kind = out.constructor.name;
  if (out.length === length && kind === Voxels.name) return out;
  throw new MgmtError('the voxels do not fit into out', {
    code: 'dicom-io/out-mismatch',
    where: path,
    expected: `a ${Voxels.name} of ${length}${Voxels === Float32Array ? '' : ', or a Float32Array'}`,
    found: `a ${kind} of ${out.length}`,
    hint: 'scanSeries tells the shape before anything is read',
  });
}
