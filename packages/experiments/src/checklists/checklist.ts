import type { Plan, RunRecord } from '../records.js';

/** A study as a checklist sees it. */
export interface StudyRecords {
  readonly plan: Plan;
  readonly records: readonly RunRecord[];
}

/** Where the page fulfils an item, or why it does not. */
export type Fulfilment = { readonly filled: string } | { readonly open: string };

/** One item of a reporting guideline, in words of our own. */
export interface ChecklistItem {
  readonly number: string;
  readonly text: string;
  /** From the records alone: what only the user knows stays open. */
  readonly fulfilment: (studies: readonly StudyRecords[]) => Fulfilment;
}

/** A published reporting guideline. */
export interface Checklist {
  readonly name: string;
  readonly source: string;
  readonly items: readonly ChecklistItem[];
}

export const filled = (where: string) => (): Fulfilment => ({ filled: where });
export const open = (why: string) => (): Fulfilment => ({ open: why });

/** Filled where the data are the phantom, about which everything is known; open where they are a user's. */
export const onPhantom =
  (where: string, why: string) =>
  (studies: readonly StudyRecords[]): Fulfilment =>
    studies.every(({ plan }) => plan.cohort.signal !== undefined) ? { filled: where } : { open: why };

/** Filled where every study has a look at its cohort. */
export const whereLooked =
  (where: string) =>
  (studies: readonly StudyRecords[]): Fulfilment =>
    studies.every(({ plan }) => plan.cohort.look) ? { filled: where } : { open: 'the data were not looked at' };

/** Filled where every record names what it was made with. */
export const withVersions =
  (where: string) =>
  (studies: readonly StudyRecords[]): Fulfilment =>
    studies.every(({ records }) => records.every(({ run }) => Object.keys(run.versions).length > 0))
      ? { filled: where }
      : { open: 'a record names no versions' };

/** Filled where each study has more than one finished run. */
export const overSeeds =
  (where: string) =>
  (studies: readonly StudyRecords[]): Fulfilment =>
    studies.every(({ records }) => records.length > 1) ? { filled: where } : { open: 'a study has one finished run' };
