import { appendFile, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cannotWrite, writeFileAtomic } from '@mgmt/core/files';
import { encodeFileVersion, encodeSessionStart, encodeSummary, summaryStep, type SummaryValue } from './tensorBoardEvent.js';
import { frameRecord, readRecords } from './tfRecord.js';

/** A file that TensorBoard draws from. */
export interface EventFile {
  readonly path: string;
  /**
   * Appends numbers, distributions and images of one step, by their tags.
   *
   * @throws `MgmtError` `core/cannot-write`; what it wrote of the record is left out by the next {@link openEventFile}
   */
  write(step: number, values: Readonly<Record<string, SummaryValue>>): Promise<void>;
}

/**
 * Begins an event file in a run folder. What earlier files hold up to a step is carried over and they go, so that the folder tells one story however
 * often the run was stopped.
 *
 * @param folder - exists
 * @param throughStep - summaries of later steps are dropped, torn records too; 0 drops all
 * @param now - milliseconds since 1970
 */
export async function openEventFile(folder: string, throughStep: number, now: () => number): Promise<EventFile> {
  const names = await readdir(folder);
  const earlier = names.filter((name) => name.startsWith(PREFIX)).sort();
  const last = earlier.at(-1); // it carries what those before it held; more than one remain where a start was cut short
  const kept = last === undefined ? [] : readRecords(await readFile(join(folder, last))).filter((record) => isUpTo(record, throughStep));
  const seconds = now() / 1000;
  const path = join(folder, nameAfter(last, Math.floor(seconds)));
  const records = [encodeFileVersion(seconds), encodeSessionStart(seconds), ...kept];
  await writeFileAtomic(path, Buffer.concat(records.map(frameRecord)));
  const leftOver = names.filter((name) => name.startsWith(`.${PREFIX}`) && name.endsWith('.tmp')); // a start that was killed while it wrote
  for (const name of [...earlier, ...leftOver]) await rm(join(folder, name), { force: true });
  return {
    path,
    async write(step, values) {
      await appendFile(path, frameRecord(encodeSummary({ wallTime: now() / 1000, step, values }))).catch((cause: unknown) => {
        throw cannotWrite(path, cause);
      });
    },
  };
}

const isUpTo = (record: Uint8Array, lastStep: number) => (summaryStep(record) ?? Infinity) <= lastStep;

const PREFIX = 'events.out.tfevents.';

/** TensorBoard reads files by order of name and never goes back: a new one must come last. */
function nameAfter(last: string | undefined, seconds: number): string {
  const lastSeconds = last === undefined ? 0 : Number(last.slice(PREFIX.length).split('.')[0]);
  return `${PREFIX}${String(Math.max(seconds, lastSeconds + 1)).padStart(10, '0')}.mgmt`;
}
