import { withFile } from '../dicomFile.js';
import type { Instance } from '../image/instance.js';
import type { PixelFormat } from '../pixels/pixelFormat.js';
import type { ReadLimits } from '../limits.js';
import { openFrames } from '../pixels/openFrames.js';
import { type StoredArray, storedArray, storedType } from '../pixels/storedArray.js';

/** Slices of one file, and where they go. Plain data: it may cross to another thread. */
export interface SliceJob {
  readonly instance: Instance;
  readonly slices: readonly SliceTarget[];
  readonly limits: ReadLimits;
}

/** One frame of a file, and the slice of the volume that it becomes. */
export interface SliceTarget {
  readonly frame: number;
  /** Counted from 0 along the volume's first axis. */
  readonly slice: number;
  /** Undefined keeps stored values. */
  readonly rescale: { readonly slope: number; readonly intercept: number } | undefined;
}

/**
 * Reads the slices of one file into a volume's voxels.
 *
 * @param voxels - of the whole volume: of the file's stored type, or float32
 * @param scratch - frames to decode into before they are converted; one is taken, or made, and put back
 * @throws `MgmtError` naming the file
 */
export async function loadSlices({ instance, slices, limits }: SliceJob, voxels: StoredArray, scratch: StoredArray[] = []): Promise<void> {
  const { path, pixels, pixelData } = instance;
  const length = pixels.rows * pixels.columns;
  const direct = voxels.constructor.name === storedType(pixels).name && slices.every(({ rescale }) => !rescale);
  await withFile(path, pixelData.packing, limits, async (source) => {
    const read = await openFrames(source, instance);
    const buffer = direct ? undefined : (takeFrom(scratch, pixels, length) ?? storedArray(pixels, length));
    for (const { frame, slice, rescale } of slices) {
      const target = voxels.subarray(slice * length, (slice + 1) * length);
      await read(frame, buffer ?? target);
      if (buffer) convert(buffer, rescale, target);
    }
    if (buffer) scratch.push(buffer);
  });
}

/** A frame's memory from those that are free: with fresh memory for every file a series takes a third longer. */
function takeFrom(scratch: StoredArray[], pixels: PixelFormat, length: number): StoredArray | undefined {
  const { name } = storedType(pixels);
  const index = scratch.findIndex((array) => array.length === length && array.constructor.name === name);
  return index < 0 ? undefined : scratch.splice(index, 1)[0];
}

/** In float64, then rounded. Without rescaling the copy is the engine's own, which is several times faster than a loop. */
function convert(stored: StoredArray, rescale: SliceTarget['rescale'], into: StoredArray): void {
  if (!rescale || (rescale.slope === 1 && rescale.intercept === 0)) return into.set(stored);
  const { slope, intercept } = rescale;
  for (let i = 0; i < stored.length; i++) into[i] = stored[i]! * slope + intercept;
}
