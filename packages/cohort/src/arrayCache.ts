import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeNpy, MgmtError, type Volume, type VolumeShape, type VoxelArray } from '@mgmt/core';
import { writeFileAtomic } from '@mgmt/core/files';
import { readSeries } from '@mgmt/dicom-io';
import { pipelineHash, runPipeline, type Step } from '@mgmt/preprocess';
import { z } from 'zod';
import type { Case, Modality } from './cohort.js';
import { seriesFingerprint } from './seriesFingerprint.js';

/** An array on disk. */
export interface CachedArray {
  /** Of the voxels, SHA-256, hexadecimal: equal for equal arrays, wherever and whenever they were made. */
  readonly contentHash: string;
  /** A `.npy` file of float32 that NumPy opens, memory-mapped too. */
  readonly path: string;
  /** `[slices, rows, columns]` */
  readonly shape: VolumeShape;
}

/** Preprocessed series as arrays on disk: `<key>.npy`, with `<key>.json` that says from what and how it was made. */
export interface ArrayCache {
  readonly folder: string;
  /**
   * The series of a case after these steps. It is read and computed where the cache does not hold it whole, else a look at the files' names, sizes and
   * times is all.
   *
   * @throws `MgmtError` `cohort/no-such-series`, `cohort/dark-series`, `cohort/cannot-read-series`, those of `readSeries` and of the steps, and
   * `core/cannot-write`
   */
  get(source: Pick<Case, 'id' | 'series'>, modality: Modality, steps: readonly Step[]): Promise<CachedArray>;
}

/**
 * The cache in a folder. Several processes may use and fill it at the same time; an entry that a crash or a full disk left incomplete is made again.
 *
 * @param folder - made with the first entry
 * @example
 * const cache = openArrayCache('.cache/arrays');
 * const { path, shape } = await cache.get(cohort.train[0], 'T1wCE', resnet10Input());
 */
export function openArrayCache(folder: string): ArrayCache {
  return {
    folder,
    async get(source, modality, steps) {
      const series = source.series[modality];
      if (!series) throw noSuchSeries(source, modality);
      const { hash: fingerprint, files, sizeBytes } = await seriesFingerprint(series);
      const key = createHash('sha256')
        .update(`${VERSION} ${fingerprint} ${pipelineHash(steps)}`)
        .digest('hex')
        .slice(0, 32);
      const path = join(folder, `${key}.npy`);
      const record = join(folder, `${key}.json`);
      const whole = await wholeEntry(path, record);
      if (whole) return { contentHash: whole.contentHash, path, shape: whole.shape };

      const result = runPipeline(steps, await lightVolume(series));
      const bytes = encodeNpy({ data: asFloat32(result.data), shape: result.shape });
      const contentHash = createHash('sha256').update(bytes).digest('hex');
      await writeFileAtomic(path, bytes);
      const from = { id: source.id, modality, fingerprint, files, sizeBytes };
      const entry: Entry = {
        version: VERSION,
        from,
        steps,
        shape: [...result.shape],
        affine: result.affine,
        dtype: 'float32',
        sizeBytes: bytes.length,
        contentHash,
      };
      await writeFileAtomic(record, JSON.stringify(entry, null, 2) + '\n'); // last: where it stands, the array is whole
      return { contentHash, path, shape: result.shape };
    },
  };
}

/** Counts up whenever equal files begin to be read otherwise. What the steps do is the pipeline hash's matter. */
const VERSION = 1;

interface Entry extends z.infer<typeof entrySchema> {
  readonly from: {
    readonly id: string;
    readonly modality: Modality;
    readonly fingerprint: string;
    readonly files: number;
    readonly sizeBytes: number;
  };
  readonly steps: readonly Step[];
  /** `(column, row, slice, 1)` of the array to LPS millimetres. */
  readonly affine: Volume['affine'];
  readonly dtype: 'float32';
}

const entrySchema = z.object({
  version: z.literal(VERSION),
  shape: z.tuple([z.int().min(1), z.int().min(1), z.int().min(1)]),
  /** Of the `.npy` file. */
  sizeBytes: z.int(),
  /** Of the `.npy` file, SHA-256. */
  contentHash: z.string(),
});

/** An entry that is there and whole. */
async function wholeEntry(path: string, record: string): Promise<z.infer<typeof entrySchema> | undefined> {
  const entry = await readFile(record, 'utf8')
    .then((content) => entrySchema.parse(JSON.parse(content)))
    .catch(() => undefined);
  const file = entry && (await stat(path).catch(() => undefined));
  return file?.size === entry?.sizeBytes ? entry : undefined;
}

async function lightVolume(folder: string): Promise<Volume> {
  const { volume } = await readSeries(folder);
  const { data } = volume;
  if (data.every((value) => value === data[0])) {
    throw new MgmtError('the series is dark', {
      code: 'cohort/dark-series',
      where: folder,
      expected: 'voxels of different values',
      found: `${data[0]} in all ${volume.shape.join(' x ')}`,
      hint: 'some series of the RSNA-MICCAI data are so: nothing is to be done but to leave the case out',
    });
  }
  return volume;
}

const asFloat32 = (data: VoxelArray) => (data.constructor.name === 'Float32Array' ? data : new Float32Array(data));

const noSuchSeries = ({ id, series }: Pick<Case, 'id' | 'series'>, modality: Modality) =>
  new MgmtError(`the case has no ${modality} series`, {
    code: 'cohort/no-such-series',
    where: id,
    found: Object.keys(series).join(', ') || 'none',
    hint: 'fetch the case again, or train on another modality',
  });
