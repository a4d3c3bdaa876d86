import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const HALF = /^(?<name>.*)\.(?<half>hdr|img)(?<gz>\.gz)?$/is;

/** Which half of a pair a path is by its name; upper or lower case, gzip or not. */
export function halfOf(path: string): 'hdr' | 'img' | undefined {
  const half = HALF.exec(basename(path))?.groups?.half?.toLowerCase();
  return half === 'hdr' || half === 'img' ? half : undefined;
}

/**
 * The other half of a pair, looked for beside the one given and nowhere else: the same name whatever the case, compressed or not. Of several the one that
 * is spelled most like the given.
 */
export async function findHalf(path: string, half: 'hdr' | 'img'): Promise<string | undefined> {
  const given = HALF.exec(basename(path))?.groups;
  if (!given) return undefined;
  const wanted = isUpperCase(given.half!) ? half.toUpperCase() : half;
  const likeness = (groups: Record<string, string | undefined>) =>
    4 * Number(groups.name === given.name) +
    2 * Number(groups.gz?.toLowerCase() === given.gz?.toLowerCase()) +
    Number(groups.half === wanted);
  const entries = await readdir(dirname(path)).catch(() => []); // not allowed to look: nothing is found
  const found = entries
    .map((entry) => ({ entry, groups: HALF.exec(entry)?.groups }))
    .filter(({ groups }) => groups?.half?.toLowerCase() === half && groups.name?.toLowerCase() === given.name?.toLowerCase())
    .sort((a, b) => likeness(b.groups!) - likeness(a.groups!) || (a.entry < b.entry ? -1 : 1))[0];
  return found && join(dirname(path), found.entry);
}

const isUpperCase = (text: string) => text === text.toUpperCase();
