import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AnyCohort, cohortFingerprint, type CohortReport, validateCohort } from '@mgmt/cohort';
import { writeFileAtomic } from '@mgmt/core/files';
import type { Progress } from './progress.js';
import { type CohortLook, cohortLookSchema } from './records.js';
import { VERSIONS } from './versions.js';

/** Looks at every case of a cohort. */
export async function lookAtCohort(cohort: AnyCohort, progress: Progress, signal: AbortSignal): Promise<CohortReport> {
  progress.phase('looking at the data', 'cases' in cohort ? cohort.cases.length : cohort.train.length + cohort.test.length);
  return validateCohort(cohort, { signal, onProgress: ({ done, files }) => progress.at(done, `${files} files`) });
}

/** What of a look at a cohort is recorded with a study. While no file of the cohort changes, one look serves all studies and all starts. */
export async function recordedLook(cohort: AnyCohort, cache: string, progress: Progress, signal: AbortSignal): Promise<CohortLook> {
  const path = join(cache, 'looks', `${VERSIONS['mgmt']}-${(await cohortFingerprint(cohort, { signal })).slice(0, 32)}.json`);
  const known = await earlierLook(path);
  if (known) return known;
  const { counts, cases } = await lookAtCohort(cohort, progress, signal);
  const look = { counts, cases: cases.flatMap(({ id, findings }) => (findings.length > 0 ? [{ id, findings }] : [])) };
  await writeFileAtomic(path, JSON.stringify(look));
  return look;
}

async function earlierLook(path: string): Promise<CohortLook | undefined> {
  const content = await readFile(path, 'utf8').catch(() => undefined);
  if (content === undefined) return undefined;
  try {
    return cohortLookSchema.safeParse(JSON.parse(content)).data;
  } catch {
    return undefined; // what is no JSON is made again
  }
}
