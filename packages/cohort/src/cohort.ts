import type { PhantomConfig } from './phantom/phantomConfig.js';

/** The series of a case, by the names of their folders in the RSNA-MICCAI data. */
export const MODALITIES = ['FLAIR', 'T1w', 'T1wCE', 'T2w'] as const;

/** One of {@link MODALITIES}. */
export type Modality = (typeof MODALITIES)[number];

/** One patient. */
export interface Case {
  /** Five digits, leading zeros kept. */
  readonly id: string;
  /** MGMT promoter: 1 methylated, 0 not, `null` where it is not known. */
  readonly label: 0 | 1 | null;
  /** The folder of each series that is there. */
  readonly series: Readonly<Partial<Record<Modality, string>>>;
  /** The NIfTI file of the tumor mask. It lies on a grid of its own. */
  readonly mask?: string;
}

/** A case that is left out, and why. */
export interface SetAside {
  readonly id: string;
  /** The text of an error: what, where, and what to do. */
  readonly reason: string;
}

/** The cases of one data set. */
export interface Cohort {
  readonly root: string;
  /** On what data, in a few words without a path. */
  readonly description: string;
  /** Every one with a label, by id. */
  readonly train: readonly Case[];
  /** Without label, by id. */
  readonly test: readonly Case[];
  readonly setAside: readonly SetAside[];
  /** From what the cases were made, where no patient is in them. */
  readonly phantom?: PhantomConfig;
}

/** Counts of a cohort in one line: `folder "rsna" in the RSNA-MICCAI layout: 585 labeled cases (278 of class 0, 307 of class 1), 87 without label`. */
export function describeCohort({ description, train, test, setAside }: Cohort): string {
  const ofClass = (label: 0 | 1) => train.filter((c) => c.label === label).length;
  const labeled = `${train.length} labeled cases (${ofClass(0)} of class 0, ${ofClass(1)} of class 1)`;
  return `${description}: ${labeled}, ${test.length} without label${setAside.length > 0 ? `, ${setAside.length} set aside` : ''}`;
}
