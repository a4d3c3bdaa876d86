import { dirname, resolve } from 'node:path';
import { type AnyCohort, cohortReportText } from '@mgmt/cohort';
import { writeFileAtomic } from '@mgmt/core/files';
import { type LayoutOptions, readAnyCohort } from '../anyCohort.js';
import { contradicting } from '../contradicting.js';
import { phantomSource } from '../data.js';
import { longCommand } from '../longCommand.js';
import { lookAtCohort } from '../lookAtCohort.js';
import type { ProfileName } from '../profiles.js';
import type { Progress } from '../progress.js';
import { requireWritable } from '../requireWritable.js';
import { STUDIES } from '../studies/index.js';

export interface ValidateOptions extends LayoutOptions {
  readonly data?: string;
  readonly profile: ProfileName;
  readonly signal?: number;
  readonly phantomSeed?: number;
  readonly cache: string;
  /** A file, or true for the terminal, in the place of the text. */
  readonly json?: string | true;
}

/** `mgmt validate`: looks at every case of a data set, and lists what is missing, unreadable, inconsistent or there twice. */
export async function validate({ json, ...options }: ValidateOptions): Promise<void> {
  refuseContradictions(options);
  const file = json === true || json === '-' ? undefined : json;
  await longCommand(async (progress, stop) => {
    if (file !== undefined) await requireWritable(dirname(file)); // before the slow work
    const report = await lookAtCohort(await cohortOf(options, progress, stop), progress, stop);
    progress.end();
    const text = `${JSON.stringify(report, null, 2)}\n`;
    if (file !== undefined) await writeFileAtomic(file, text);
    if (json !== undefined && file === undefined) process.stdout.write(text);
    else console.log(cohortReportText(report));
    if (file !== undefined) console.log(`Report: ${resolve(file)}`);
    if (report.counts.withFindings > 0 || report.setAside.length > 0) process.exitCode = 2;
  }, 'Stopped. Nothing was written.');
}

async function cohortOf(options: Omit<ValidateOptions, 'json'>, progress: Progress, stop: AbortSignal): Promise<AnyCohort> {
  const { data, profile, signal = 0, phantomSeed = 0, cache, ...layout } = options;
  if (data !== undefined) return readAnyCohort(data, layout);
  const { phantom } = STUDIES[0]!.profiles[profile];
  return (await phantomSource(phantom, { signal, seed: phantomSeed }, cache, progress, stop)).cohort;
}

function refuseContradictions({
  data,
  signal,
  phantomSeed,
  labels,
  columns,
  words,
  files,
  caseFolder,
}: Omit<ValidateOptions, 'json'>): void {
  if (data !== undefined && (signal !== undefined || phantomSeed !== undefined)) {
    throw contradicting('--data with --signal or --phantom-seed', 'those two are dials of the embedded phantom; leave them or --data out');
  }
  if (data === undefined && labels !== undefined) throw contradicting('--labels without --data', 'name the folder that has these cases');
  if (labels === undefined && (columns ?? words ?? files ?? caseFolder) !== undefined) {
    throw contradicting('--columns, --words, --files or --case-folder without --labels', 'name the table of the cases with --labels');
  }
}
