import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isMgmtError } from '@mgmt/core';
import { writeFileAtomic } from '@mgmt/core/files';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint, type Position } from './checkpoint.js';
import { type KeptCheckpoints, keptCheckpoints } from './keptCheckpoints.js';
import { makeFolder } from './makeFolder.js';

/** The checkpoints of one run in one folder: `epoch-0003.safetensors`, or `epoch-0003-batch-00045.safetensors` from within the fourth epoch. */
export interface CheckpointStore {
  /** Writes a checkpoint; when it is safe, those go that have no reason to stay. */
  save(checkpoint: Checkpoint): Promise<string>;
  /**
   * The newest whole checkpoint, none where there is none. A damaged one is renamed to `*.damaged` and the one before is tried.
   *
   * @param onDamaged - told of each that was set aside
   */
  newest(onDamaged: (path: string, reason: string) => void): Promise<{ path: string; checkpoint: Checkpoint } | undefined>;
  /** Where the checkpoint after an epoch is; nothing where it was not kept. */
  afterEpoch(epoch: number): Promise<string | undefined>;
}

/**
 * Opens the store and sweeps away what a killed writer has left. One process at a time: see `lockRun`.
 *
 * @param folder - is made where it is missing
 * @throws `MgmtError` `core/cannot-write`; `save` too, and the checkpoints before are then untouched
 */
export async function openCheckpointStore(folder: string, keep: KeptCheckpoints = {}): Promise<CheckpointStore> {
  await makeFolder(folder);
  for (const name of await readdir(folder)) if (LEFT_OVER.test(name)) await rm(join(folder, name), { force: true });
  return {
    async save(checkpoint) {
      const path = join(folder, fileName(checkpoint.position));
      await writeFileAtomic(path, encodeCheckpoint(checkpoint));
      const all = await newestFirst(folder);
      const kept = new Set(keptCheckpoints(all, checkpoint.history, keep));
      await Promise.all(all.filter((one) => !kept.has(one)).map(({ name }) => rm(join(folder, name), { force: true })));
      return path;
    },
    async newest(onDamaged) {
      for (const { name } of await newestFirst(folder)) {
        const path = join(folder, name);
        try {
          return { path, checkpoint: decodeCheckpoint(await readFile(path), path) };
        } catch (error) {
          if (!isMgmtError(error) || error.code !== 'training/damaged-checkpoint') throw error;
          await rename(path, `${path}.damaged`);
          onDamaged(path, error.message);
        }
      }
      return undefined;
    },
    async afterEpoch(epoch) {
      const found = (await newestFirst(folder)).find((one) => one.epoch === epoch && one.batch === 0);
      return found && join(folder, found.name);
    },
  };
}

const NAME = /^epoch-(\d+)(?:-batch-(\d+))?\.safetensors$/;
const LEFT_OVER = /^\.epoch-.*\.tmp$/;

function fileName({ epoch, batch }: Position): string {
  const digits = (n: number, width: number) => String(n).padStart(width, '0');
  return `epoch-${digits(epoch, 4)}${batch > 0 ? `-batch-${digits(batch, 5)}` : ''}.safetensors`;
}

async function newestFirst(folder: string): Promise<(Position & { readonly name: string })[]> {
  const found = (await readdir(folder)).flatMap((name) => {
    const match = NAME.exec(name);
    return match ? [{ name, epoch: Number(match[1]), batch: Number(match[2] ?? 0) }] : [];
  });
  return found.sort((a, b) => b.epoch - a.epoch || b.batch - a.batch);
}
