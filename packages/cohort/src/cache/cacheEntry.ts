import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { npyParts, type Vector3 } from '@mgmt/core';
import { writeFileAtomic } from '@mgmt/core/files';
import { type CasePipeline, casePipelineHash, type InputArray } from '@mgmt/preprocess';
import { z } from 'zod';

/** An array on disk. */
export interface CachedArray {
  /** A `.npy` file of float32 that NumPy opens, memory-mapped too. */
  readonly path: string;
  /** `[slices, rows, columns, channels]`, or `[rows, columns, channels]` of one image; where slices are samples, the first axis counts them. */
  readonly shape: readonly number[];
  /** Of the voxels, SHA-256, hexadecimal: equal for equal arrays, wherever and whenever they were made. */
  readonly contentHash: string;
}

/** What a case became, on disk. */
export interface CachedInput {
  /** The name of the entry. */
  readonly key: string;
  /** One for each input of the network. */
  readonly arrays: readonly CachedArray[];
  /** Where slices are samples: what each is, in the order of the arrays' first axis. */
  readonly samples?: readonly CachedSample[];
  /** Slices that the pipeline's rule left out, and which rule that was. */
  readonly dropped?: { readonly slices: number; readonly by: string };
  /** How modalities that were laid over another one were matched to it. */
  readonly alignedBy?: Readonly<Record<string, string>>;
}

/** One slice of a case. */
export interface CachedSample {
  /** Index in the prepared volume. */
  readonly slice: number;
  /** The middle of the slice in the patient, LPS mm. */
  readonly centerMm: Vector3;
}

/** What an entry was made from. */
export interface EntrySource {
  readonly id: string;
  /** Of each series, and of the mask where it took part. */
  readonly fingerprints: Readonly<Record<string, string>>;
  readonly files: number;
  readonly sizeBytes: number;
}

/** Counts up whenever equal files begin to be read otherwise. What the steps do is the pipeline hash's matter. */
const VERSION = 2;

const array = z.object({ shape: z.array(z.int().min(0)).min(1), sizeBytes: z.int(), mtimeMs: z.number(), contentHash: z.string() });
const recordSchema = z.object({
  version: z.literal(VERSION),
  from: z.object({ id: z.string(), fingerprints: z.record(z.string(), z.string()), files: z.int(), sizeBytes: z.int() }),
  pipelineHash: z.string(),
  arrays: z.array(array).min(1),
  samples: z.array(z.object({ slice: z.int(), centerMm: z.tuple([z.number(), z.number(), z.number()]) })).optional(),
  dropped: z.object({ slices: z.int(), by: z.string() }).optional(),
  alignedBy: z.record(z.string(), z.string()).optional(),
});

/** The `.json` beside an entry's arrays. */
export type EntryRecord = z.infer<typeof recordSchema> & { readonly pipeline?: CasePipeline };

/** The name of the entry that a pipeline makes of these files. */
export function entryKey({ fingerprints }: EntrySource, pipeline: CasePipeline): string {
  const sources = Object.keys(fingerprints)
    .sort()
    .map((name) => `${name}:${fingerprints[name]}`);
  return createHash('sha256')
    .update([VERSION, casePipelineHash(pipeline), ...sources].join(' '))
    .digest('hex')
    .slice(0, 32);
}

/** Where an entry's files stand. */
export const recordPath = (folder: string, key: string): string => join(folder, `${key}.json`);
export const arrayPath = (folder: string, key: string, input: number): string => join(folder, `${key}-${input}.npy`);

/** The record of an entry, undefined where there is none that can be read. */
export async function readRecord(folder: string, key: string): Promise<EntryRecord | undefined> {
  return readFile(recordPath(folder, key), 'utf8')
    .then((content) => recordSchema.loose().parse(JSON.parse(content)) as EntryRecord)
    .catch(() => undefined);
}

/**
 * An entry that is there and whole. Arrays of other size do not count; those that were written since, or copied, are compared by their content, once.
 */
export async function wholeEntry(folder: string, key: string): Promise<CachedInput | undefined> {
  const record = await readRecord(folder, key);
  if (!record) return undefined;
  const arrays: EntryRecord['arrays'] = [];
  for (const [input, array] of record.arrays.entries()) {
    const path = arrayPath(folder, key, input);
    const file = await stat(path).catch(() => undefined);
    if (file?.size !== array.sizeBytes) return undefined;
    if (file.mtimeMs !== array.mtimeMs && sha256(await readFile(path)) !== array.contentHash) return undefined;
    arrays.push({ ...array, mtimeMs: file.mtimeMs });
  }
  const touched = arrays.some(({ mtimeMs }, input) => mtimeMs !== record.arrays[input]!.mtimeMs);
  if (touched) await writeRecord(folder, key, { ...record, arrays }).catch(() => undefined); // a cache that cannot be written may still be read
  return inputOf(folder, key, record);
}

/** Writes an entry, its record last: where that stands, the arrays are whole. */
export async function writeEntry(
  folder: string,
  key: string,
  arrays: readonly InputArray[],
  facts: Omit<EntryRecord, 'version' | 'arrays'>,
): Promise<CachedInput> {
  const written: EntryRecord['arrays'] = [];
  for (const [input, { data, shape }] of arrays.entries()) {
    const parts = npyParts({ data, shape });
    const path = arrayPath(folder, key, input);
    await writeFileAtomic(path, parts, { flush: false }); // a disk takes longer than preparing does; what is short is made again
    const { size: sizeBytes, mtimeMs } = await stat(path);
    written.push({ shape: [...shape], sizeBytes, mtimeMs, contentHash: sha256(...parts) });
  }
  const record: EntryRecord = { version: VERSION, ...facts, arrays: written };
  await writeRecord(folder, key, record);
  return inputOf(folder, key, record);
}

const writeRecord = (folder: string, key: string, record: EntryRecord) =>
  writeFileAtomic(recordPath(folder, key), JSON.stringify(record, null, 2) + '\n');

/** Makes an entry not count any more. Its arrays stay until they are written anew, or pruned. */
export async function dropRecord(folder: string, key: string): Promise<void> {
  await rm(recordPath(folder, key), { force: true }).catch(() => undefined);
}

function inputOf(folder: string, key: string, { arrays, samples, dropped, alignedBy }: EntryRecord): CachedInput {
  return {
    key,
    arrays: arrays.map(({ shape, contentHash }, input) => ({ path: arrayPath(folder, key, input), shape, contentHash })),
    ...(samples && { samples }),
    ...(dropped && { dropped }),
    ...(alignedBy && Object.keys(alignedBy).length > 0 && { alignedBy }),
  };
}

function sha256(...parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
