import { join } from 'node:path';
import { type CacheEntry, type CacheListing, listCache, pruneCache } from '@mgmt/cohort';

export interface CacheOptions {
  readonly cache: string;
  readonly json?: boolean;
  readonly prune?: boolean;
  /** Days. */
  readonly olderThan?: number;
  /** 10^9 bytes. */
  readonly maxGb?: number;
}

/** `mgmt cache`: what preprocessed arrays there are, and how to be rid of them. Phantoms lie beside them and are not touched. */
export async function cache({ cache: folder, json, prune, olderThan, maxGb }: CacheOptions): Promise<void> {
  const arrays = join(folder, 'arrays');
  const removes = prune === true || olderThan !== undefined || maxGb !== undefined;
  const limits = {
    ...(olderThan !== undefined && { newerThanMs: olderThan * DAY_MS }),
    ...(maxGb !== undefined && { maxBytes: maxGb * 1e9 }),
    ...(olderThan === undefined && maxGb === undefined && { maxBytes: 0 }), // --prune alone: everything
  };
  const removed = removes ? await pruneCache(arrays, limits) : undefined;
  const listing = await listCache(arrays);
  if (json) return console.log(JSON.stringify({ folder: arrays, ...listing, ...(removed && { removed }) }, null, 2));
  if (removed) console.log(`removed ${sizeText(removed)}`);
  console.log(
    listing.entries.length > 0 ? [`${arrays}: ${sizeText(listing)}`, ...byPipeline(listing.entries)].join('\n') : `${arrays}: empty`,
  );
}

function byPipeline(entries: readonly CacheEntry[]): string[] {
  const groups = new Map<string, CacheEntry[]>();
  for (const entry of entries) {
    const name = `${entry.pipelineHash.slice(0, 8)}  ${entry.from.join(' + ')} to ${entry.shapes.map((shape) => shape.join(' x ')).join(' and ')}`;
    groups.set(name, [...(groups.get(name) ?? []), entry]);
  }
  return [...groups].map(
    ([name, group]) => `  ${name}: ${sizeText({ entries: group, leftovers: [] })}, last ${group[0]!.madeAt.toISOString().slice(0, 10)}`,
  );
}

function sizeText({ entries, leftovers }: CacheListing): string {
  const bytes = [...entries, ...leftovers].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const rest = leftovers.length > 0 ? ` and ${leftovers.length} files left over` : '';
  return `${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}${rest}, ${(bytes / 1e6).toFixed(1)} MB`;
}

const DAY_MS = 24 * 3_600_000;
