import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { arrayPath, readRecord, recordPath } from './cacheEntry.js';

/** One entry of a cache. */
export interface CacheEntry {
  readonly key: string;
  /** Of the case. */
  readonly id: string;
  /** What it was made from: modalities, and `mask`. */
  readonly from: readonly string[];
  /** Equal for entries of one pipeline. */
  readonly pipelineHash: string;
  readonly shapes: readonly (readonly number[])[];
  readonly sizeBytes: number;
  /** When it was made. */
  readonly madeAt: Date;
}

/** What a cache holds. */
export interface CacheListing {
  /** The latest first. */
  readonly entries: readonly CacheEntry[];
  /** Files that belong to no whole entry: what a crash left, and entries of other versions. */
  readonly leftovers: readonly { readonly path: string; readonly sizeBytes: number }[];
}

/** What shall stay in a cache. */
export interface PruneConfig {
  /** Entries of these pipelines only; of all by default. */
  readonly pipelines?: readonly string[];
  /** Entries made within this time only. */
  readonly newerThanMs?: number;
  /** The latest entries up to this size. */
  readonly maxBytes?: number;
}

/** Lists a cache's folder; one that is not there is an empty cache. */
export async function listCache(folder: string): Promise<CacheListing> {
  const names = await readdir(folder).catch(() => []);
  const entries: CacheEntry[] = [];
  const used = new Set<string>();
  for (const name of names) {
    if (!name.endsWith('.json')) continue;
    const key = name.slice(0, -'.json'.length);
    const record = await readRecord(folder, key);
    const { mtime } = (await stat(join(folder, name)).catch(() => undefined)) ?? {};
    if (!record || !mtime) continue;
    [name, ...record.arrays.map((_, input) => arrayPath(folder, key, input).slice(folder.length + 1))].forEach((file) => used.add(file));
    entries.push({
      key,
      id: record.from.id,
      from: Object.keys(record.from.fingerprints),
      pipelineHash: record.pipelineHash,
      shapes: record.arrays.map(({ shape }) => shape),
      sizeBytes: record.arrays.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      madeAt: mtime,
    });
  }
  entries.sort((a, b) => b.madeAt.getTime() - a.madeAt.getTime() || (a.key < b.key ? -1 : 1));
  const leftovers = await Promise.all(
    names
      .filter((name) => !used.has(name))
      .map(async (name) => ({ path: join(folder, name), facts: await stat(join(folder, name)).catch(() => undefined) })),
  );
  return { entries, leftovers: leftovers.flatMap(({ path, facts }) => (facts?.isFile() ? [{ path, sizeBytes: facts.size }] : [])) };
}

/**
 * Removes from a cache what is not to stay, and what belongs to no entry and is older than an hour: a younger file may be one that another process is
 * writing.
 *
 * @returns what was removed
 * @example
 * await pruneCache('.cache/arrays', { newerThanMs: 30 * 24 * 3_600_000 });
 */
export async function pruneCache(folder: string, { pipelines, newerThanMs, maxBytes = Infinity }: PruneConfig): Promise<CacheListing> {
  const { entries, leftovers } = await listCache(folder);
  const now = Date.now();
  let kept = 0;
  const removed = entries.filter(({ pipelineHash, madeAt, sizeBytes }) => {
    const stays =
      (pipelines?.includes(pipelineHash) ?? true) &&
      (newerThanMs === undefined || now - madeAt.getTime() <= newerThanMs) &&
      kept + sizeBytes <= maxBytes;
    if (stays) kept += sizeBytes;
    return !stays;
  });
  for (const { key, shapes } of removed) {
    await rm(recordPath(folder, key), { force: true }); // first: without it the arrays do not count
    for (const input of shapes.keys()) await rm(arrayPath(folder, key, input), { force: true });
  }
  const stale: CacheListing['leftovers'][number][] = [];
  for (const leftover of leftovers) {
    const facts = await stat(leftover.path).catch(() => undefined);
    if (!facts || now - facts.mtimeMs < WRITING_MS) continue;
    await rm(leftover.path, { force: true });
    stale.push(leftover);
  }
  return { entries: removed, leftovers: stale };
}

const WRITING_MS = 3_600_000;
