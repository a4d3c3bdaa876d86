import type { PhantomConfig } from './phantom/phantomConfig.js';

/** The series of a case, by the names of their folders in the RSNA-MICCAI data. */
export const MODALITIES = ['FLAIR', 'T1w', 'T1wCE', 'T2w'] as const;

/** One of {@link MODALITIES}. */
export type Modality = (typeof MODALITIES)[number];

/** One patient, as it lies on disk. */
export interface CaseFiles {
  /** Five digits, leading zeros kept, in the RSNA-MICCAI and BraTS 2021 data, which number patients alike; elsewhere the data set's own name. */
  readonly id: string;
  /** MGMT promoter: 1 methylated, 0 not, `null` where it is not known. */
  readonly label: 0 | 1 | null;
  /** Of each series that is there, the folder of its DICOM files or its NIfTI file. {@link readCaseSeries} reads either. */
  readonly series: Readonly<Partial<Record<Modality, string>>>;
  /** The NIfTI file of the tumor mask. Beside DICOM series it lies on a grid of its own. */
  readonly mask?: string;
  /** Where the images were taken, where the data set says it. */
  readonly site?: string;
}

/** A case that may be trained on. */
export interface Case extends CaseFiles {
  readonly external?: never;
}

/** A case of an external cohort: models are tried on it. The functions that split refuse it, by its type and when they run. */
export interface ExternalCase extends CaseFiles {
  readonly external: true;
}

/** A case that is left out, and why. */
export interface SetAside {
  readonly id: string;
  /** The text of an error: what, where, and what to do. */
  readonly reason: string;
}

/** What all cohorts have. */
interface CohortFacts {
  readonly root: string;
  /** On what data, in a few words without a path. */
  readonly description: string;
  readonly setAside: readonly SetAside[];
}

/** The cases of one data set. */
export interface Cohort extends CohortFacts {
  /** Every one with a label, by id. */
  readonly train: readonly Case[];
  /** Without label, by id: predicted, never trained on. */
  readonly test: readonly Case[];
  /** From what the cases were made, where no patient is in them. */
  readonly phantom?: PhantomConfig;
}

/** The cases of a data set that has no labels at all: for pretraining. */
export interface UnlabeledCohort extends CohortFacts {
  /** By id. */
  readonly cases: readonly Case[];
}

/** The cases of another hospital or study, labeled or not, kept apart from all that is trained on. */
export interface ExternalCohort extends CohortFacts {
  /** By id. */
  readonly cases: readonly ExternalCase[];
}

/** Whatever a reader of this package gives. */
export type AnyCohort = Cohort | UnlabeledCohort | ExternalCohort;

/** Every case of a cohort; those with labels first where it has both. */
export function casesOf(cohort: AnyCohort): readonly (Case | ExternalCase)[] {
  return 'cases' in cohort ? cohort.cases : [...cohort.train, ...cohort.test];
}

/** Counts of a cohort in one line: `folder "rsna" in the RSNA-MICCAI layout: 585 labeled cases (278 of class 0, 307 of class 1), 87 without label`. */
export function describeCohort(cohort: AnyCohort): string {
  const cases = casesOf(cohort);
  const ofClass = (label: 0 | 1 | null) => cases.filter((c) => c.label === label).length;
  const labeled = `${ofClass(0) + ofClass(1)} labeled cases (${ofClass(0)} of class 0, ${ofClass(1)} of class 1)`;
  const { description, setAside } = cohort;
  return `${description}: ${labeled}, ${ofClass(null)} without label${setAside.length > 0 ? `, ${setAside.length} set aside` : ''}`;
}
