import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { concurrently, FILES_AT_ONCE } from './concurrently.js';
import type { Instance } from './instance.js';
import { listFiles } from './listFiles.js';
import type { HeaderConfig } from './parseInstance.js';
import { readInstance } from './readInstance.js';
import type { Skipped } from './skipped.js';
import { splitVolumes } from './splitVolumes.js';
import { stack, type Stack } from './stack.js';

/**
 * The volumes of a folder as their headers tell them, no pixel read.
 *
 * @throws `MgmtError` `dicom-io/no-such-folder`
 */
export async function scanFolder(folder: string, config: HeaderConfig): Promise<{ stacks: Stack[]; skipped: Skipped[] }> {
  const { files, skipped } = await listFiles(folder);
  const read = await concurrently(files, FILES_AT_ONCE, (path) => readInstance(path, config));
  const instances = read.filter((item) => 'pixels' in item);
  const copies = await secondCopies(instances);
  return {
    stacks: splitVolumes(instances.filter(({ path }) => !copies.has(path))).map(stack),
    skipped: [
      ...skipped,
      ...read.filter((item) => 'reason' in item),
      ...[...copies].map(([path, original]) => ({ path, reason: `the same bytes as ${original}` })),
    ],
  };
}

/** Files with the same bytes as an earlier one: path to the first one's path. Only files that claim to be one SOP instance are compared. */
async function secondCopies(instances: readonly Instance[]): Promise<Map<string, string>> {
  const claims = new Map<string, string[]>();
  for (const { sopInstanceUid, path } of instances) {
    const paths = claims.get(sopInstanceUid);
    if (paths) paths.push(path);
    else claims.set(sopInstanceUid, [path]);
  }
  const doubtful = [...claims.values()].filter((paths) => paths.length > 1).flat();
  const digests = await concurrently(doubtful, FILES_AT_ONCE, async (path) =>
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex'),
  );
  const firsts = new Map<string, string>();
  const copies = new Map<string, string>();
  doubtful.forEach((path, i) => {
    const first = firsts.get(digests[i]!);
    if (first === undefined) firsts.set(digests[i]!, path);
    else copies.set(path, first);
  });
  return copies;
}
