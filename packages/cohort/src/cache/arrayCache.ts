import { MgmtError } from '@mgmt/core';
import { type CasePipeline, casePipelineHash, prepareInput, type PreparedSlices, type PreparedVolume } from '@mgmt/preprocess';
import { type CachedInput, entryKey, type EntryRecord, wholeEntry, writeEntry } from './cacheEntry.js';
import { type CaseInput, readCase, sourceOf } from './readCase.js';
import type { ReadingMemory } from './readingMemory.js';
import { stackSamples } from './stackSamples.js';

/** Network inputs as arrays on disk: `<key>-0.npy` for each input, with `<key>.json` that says from what and how it was made. */
export interface ArrayCache {
  readonly folder: string;
  /**
   * What a case becomes by this pipeline. It is read and computed where the cache does not hold it whole, else a look at the files' names, sizes and times
   * is all.
   *
   * @throws `MgmtError` `cohort/no-such-series`, `cohort/dark-series`, `cohort/cannot-read-series`, those of `readSeries`, `readNifti` and `readMask`,
   * those of `prepareInput`, `cohort/no-slices` where its rule keeps none, and `core/cannot-write`
   * @param memory - for the series' voxels, one case at a time
   */
  get(source: CaseInput, pipeline: CasePipeline, memory?: ReadingMemory): Promise<FoundInput>;
}

/** What was asked of the cache, and whether it was there. */
export interface FoundInput extends CachedInput {
  readonly hit: boolean;
}

/**
 * The cache in a folder. Several processes may use and fill it at the same time; an entry that a crash or a full disk left incomplete, or that was changed
 * since, is made again.
 *
 * @param folder - made with the first entry
 * @example
 * const cache = openArrayCache('.cache/arrays');
 * const { arrays } = await cache.get(cohort.train[0], paperInputs.resnet10);
 * arrays[0].shape; // [64, 256, 256, 1]
 */
export function openArrayCache(folder: string): ArrayCache {
  return {
    folder,
    async get(source, pipeline, memory) {
      const from = await sourceOf(source, pipeline);
      const key = entryKey(from, pipeline);
      const whole = await wholeEntry(folder, key);
      if (whole) return { ...whole, hit: true };
      const prepared = prepareInput(pipeline, await readCase(source, pipeline, memory));
      const { arrays, ...facts } = entryOf(prepared, source.id);
      const record = { from, pipelineHash: casePipelineHash(pipeline), pipeline, ...facts };
      return { ...(await writeEntry(folder, key, arrays, record)), hit: false };
    },
  };
}

type Facts = Pick<EntryRecord, 'samples' | 'dropped' | 'alignedBy'> & Pick<PreparedVolume, 'arrays'>;

function entryOf(prepared: PreparedVolume | PreparedSlices, id: string): Facts {
  const alignedBy = { ...prepared.alignedBy };
  if ('arrays' in prepared) return { arrays: prepared.arrays, alignedBy };
  const { samples, dropped, by } = prepared;
  if (samples.length === 0) {
    throw new MgmtError('no slice of the case is left', {
      code: 'cohort/no-slices',
      where: id,
      expected: 'at least one that the rule of the pipeline keeps',
      found: `${dropped} dropped by '${by}'`,
      hint: 'leave the case out, or choose slices by another rule',
    });
  }
  return {
    arrays: stackSamples(samples.map(({ arrays }) => arrays)),
    samples: samples.map(({ from }) => ({ slice: from.slice, centerMm: [...from.centerMm] as [number, number, number] })),
    dropped: { slices: dropped, by },
    alignedBy,
  };
}
