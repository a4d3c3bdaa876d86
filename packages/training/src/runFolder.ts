import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MgmtError } from '@mgmt/core';
import { appendLine, cannotWrite, writeFileAtomic } from '@mgmt/core/files';
import type { Checkpoint } from './checkpoint.js';
import { openCheckpointStore } from './checkpointStore.js';
import { configDifference } from './configDifference.js';
import type { EpochRecord } from './epochRecord.js';
import { type EventFile, openEventFile } from './eventFile.js';
import type { KeptCheckpoints } from './keptCheckpoints.js';
import { lockRun, type RunLock } from './lockRun.js';
import type { SummaryValue } from './tensorBoardEvent.js';
import type { TrainingEvent } from './trainingEvent.js';

/** A run on disk: `checkpoints/`, `metrics.jsonl`, `events.out.tfevents.*`, and the lock while it is open. */
export interface RunFolder {
  /** Where the run was, if it was begun before. */
  readonly resumed: Checkpoint | undefined;
  /**
   * Adds the record of an epoch to the metrics and the curves.
   *
   * @param shown - what TensorBoard shows beside the numbers, by tags
   */
  record(record: EpochRecord, shown: Readonly<Record<string, SummaryValue>>): Promise<void>;
  /** Makes the run's state safe. */
  save(checkpoint: Checkpoint): Promise<void>;
  /** Where the checkpoint after an epoch is, if it was kept. */
  checkpointAfter(epoch: number): Promise<string | undefined>;
  /** Gives back the lock where it was taken here. */
  close(): Promise<void>;
}

/** Options of {@link openRunFolder}. */
export interface RunFolderOptions {
  /** JSON that a checkpoint's must equal. */
  readonly fingerprint: unknown;
  readonly lock: RunLock | undefined;
  readonly keep: KeptCheckpoints;
  readonly onEvent: (event: TrainingEvent) => void;
  readonly now: () => number;
}

/**
 * Opens a run folder where the run stands: at its newest whole checkpoint. Metrics and curves that a killed process wrote after it are cut off.
 *
 * @throws `MgmtError` `training/run-locked`; `training/config-changed` with every difference; `core/cannot-write`, whatever is written later too
 */
export async function openRunFolder(folder: string, options: RunFolderOptions): Promise<RunFolder> {
  const { fingerprint, keep, onEvent, now } = options;
  const lock = options.lock ?? (await lockRun(folder));
  const close = async () => (options.lock ? undefined : lock.release());
  try {
    const store = await openCheckpointStore(join(folder, 'checkpoints'), keep);
    const found = await store.newest((path, reason) => onEvent({ kind: 'checkpoint-damaged', path, reason }));
    if (found) {
      refuseOtherConfig(found.checkpoint.fingerprint, fingerprint, folder);
      onEvent({ kind: 'resumed', path: found.path, position: found.checkpoint.position });
    }
    const history = found?.checkpoint.history ?? [];
    const metrics = join(folder, 'metrics.jsonl');
    await cutBack(metrics, history.map((record) => JSON.stringify(record) + '\n').join(''));
    let curves: EventFile | undefined; // begun with the first record, so that asking a finished run again changes nothing
    return {
      resumed: found?.checkpoint,
      async record(record, shown) {
        await appendLine(metrics, record).catch((cause: unknown) => {
          throw cannotWrite(metrics, cause);
        });
        curves ??= await openEventFile(folder, record.epoch - 1, now);
        await curves.write(record.epoch, { ...scalars(record), ...shown });
      },
      async save(checkpoint) {
        onEvent({ kind: 'checkpoint', path: await store.save(checkpoint), position: checkpoint.position });
      },
      checkpointAfter: store.afterEpoch,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Records beyond the checkpoint and a torn last line go; the rest is what the checkpoint remembers. */
async function cutBack(path: string, content: string): Promise<void> {
  const before = await readFile(path, 'utf8').catch(() => undefined);
  if (before !== content) await writeFileAtomic(path, content);
}

function refuseOtherConfig(before: unknown, after: unknown, folder: string): void {
  const differences = configDifference(before, after);
  if (differences.length === 0) return;
  throw new MgmtError(`the run was begun with another configuration:\n  ${differences.join('\n  ')}`, {
    code: 'training/config-changed',
    where: folder,
    hint: 'give the run its former configuration back, or name another folder for the new one',
  });
}

/** The record's numbers by TensorBoard's tags; what stands before the slash is the heading that a curve is shown under. */
function scalars({ epoch: _, learningRate, trainLoss, validationLoss, seconds, ...metrics }: EpochRecord): Record<string, number> {
  const named = { 'loss/train': trainLoss, 'loss/validation': validationLoss, learningRate, seconds };
  const all = { ...named, ...Object.fromEntries(Object.entries(metrics).map(([name, value]) => [`metrics/${name}`, value])) };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
}
