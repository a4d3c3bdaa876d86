import { createHash } from 'node:crypto';
import { MgmtError } from '@mgmt/core';
import { concurrently, FILES_AT_ONCE } from '../concurrently.js';
import { withFile } from '../dicomFile.js';
import type { Instance } from '../image/instance.js';
import type { ReadLimits } from '../limits.js';
import { listFiles, type Source } from './listFiles.js';
import { openFrames } from '../pixels/openFrames.js';
import { storedArray } from '../pixels/storedArray.js';
import { readInstance } from '../image/readInstance.js';
import type { HeaderConfig } from '../image/seriesHeader.js';
import type { Skipped } from './skipped.js';
import { splitVolumes } from './splitVolumes.js';
import { stack, type Stack } from './stack.js';

/**
 * The volumes of a source as their headers tell them, no pixel read (but of files that claim to be one and the same).
 *
 * @throws `MgmtError` `dicom-io/no-such-folder`
 */
export async function scanFolder(source: Source, config: HeaderConfig & ReadLimits): Promise<{ stacks: Stack[]; skipped: Skipped[] }> {
  const { files, skipped } = await listFiles(source);
  const read = await concurrently(files, FILES_AT_ONCE, (path) => readInstance(path, config));
  const instances = read.filter((item) => 'pixels' in item);
  const copies = await secondCopies(instances, config);
  const leftOut = new Set(copies.map(({ path }) => path));
  return {
    stacks: splitVolumes(instances.filter(({ path }) => !leftOut.has(path))).map(stack),
    skipped: [...skipped, ...read.filter((item) => 'reason' in item), ...copies],
  };
}

/**
 * Files that claim to be one SOP instance, all but the first: copies where their images are equal, else an error for each, the first too, since nothing
 * tells which is meant.
 */
async function secondCopies(instances: readonly Instance[], limits: ReadLimits): Promise<Skipped[]> {
  const claims = new Map<string, Instance[]>();
  for (const instance of instances) {
    if (instance.sopInstanceUid === '') continue;
    const claiming = claims.get(instance.sopInstanceUid);
    if (claiming) claiming.push(instance);
    else claims.set(instance.sopInstanceUid, [instance]);
  }
  const doubtful = [...claims.values()].filter((claiming) => claiming.length > 1);
  const sorted = await concurrently(doubtful, 1, async (claiming) => {
    const prints = await concurrently(claiming, FILES_AT_ONCE, (instance) => fingerprint(instance, limits));
    const [{ path: first }] = claiming as [Instance];
    if (prints.every((print) => print === prints[0])) {
      return claiming.slice(1).map(({ path }): Skipped => ({ path, reason: `the same image as ${first}` }));
    }
    return claiming.map(({ path }): Skipped => {
      const error = conflict(
        path,
        claiming.map((instance) => instance.path).filter((other) => other !== path),
      );
      return { path, reason: error.message, error };
    });
  });
  return sorted.flat();
}

function conflict(path: string, others: readonly string[]): MgmtError {
  return new MgmtError('several files claim to be this image and are not equal', {
    code: 'dicom-io/conflicting-copies',
    where: path,
    expected: 'one file for a SOP Instance UID (0008,0018), or equal copies',
    found: `${others.slice(0, 3).join(', ')}${others.length > 3 ? ', …' : ''}`,
    hint: 'find out which is meant, and move the others away',
  });
}

/** Of the image: its geometry, and its pixels as they decode. What else a header says, and how the pixels are compressed, may differ between copies. */
async function fingerprint(instance: Instance, limits: ReadLimits): Promise<string> {
  const { path, pixels, pixelData, frames } = instance;
  const { planar: _, ...format } = pixels;
  const hash = createHash('sha256').update(JSON.stringify([format, frames]));
  try {
    await withFile(path, pixelData.packing, limits, async (source) => {
      const read = await openFrames(source, instance);
      const values = storedArray(pixels, pixels.rows * pixels.columns * pixels.samplesPerPixel);
      for (let frame = 0; frame < pixels.frames; frame++) {
        await read(frame, values);
        hash.update(new Uint8Array(values.buffer));
      }
    });
  } catch (error) {
    if (!(error instanceof MgmtError)) throw error;
    return path; // what cannot be read is nothing's copy
  }
  return hash.digest('hex');
}
