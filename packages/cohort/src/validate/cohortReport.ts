import type { Orientation, Vector3, VolumeShape } from '@mgmt/core';
import type { Modality, SetAside } from '../cohort.js';
import type { SeriesFormat } from '../readCaseSeries.js';
import type { Vendor } from './vendor.js';

/** What can be found wrong, and of which kind it is. */
export const FINDINGS = {
  /** Other cases have this series, this one has not. */
  'no-series': 'missing',
  /** The folder is there and holds no image. */
  'no-image': 'missing',
  /** Other cases of the set have a mask, this one has not. */
  'no-mask': 'missing',
  'cannot-read': 'unreadable',
  'several-volumes': 'inconsistent',
  /** Slices are missing, shifted, tilted or without a position. */
  'irregular-slices': 'inconsistent',
  'not-gray': 'inconsistent',
  /** All voxels are the same. */
  dark: 'inconsistent',
  /** A frame of reference that is not that of the case's other series. */
  'other-frame-of-reference': 'inconsistent',
  /** The files name another patient than those of the case's other series. */
  'other-patient': 'inconsistent',
  /** A matrix or place that is not that of the case's other NIfTI images. */
  'other-grid': 'inconsistent',
  'bad-mask-label': 'inconsistent',
  /** A mask without tumor. */
  'empty-mask': 'inconsistent',
  /** The same voxels under another id or modality. */
  'same-image': 'duplicated',
} as const;

/** One of {@link FINDINGS}. */
export type FindingCode = keyof typeof FINDINGS;

/** The kinds of {@link FINDINGS}. */
export type FindingKind = (typeof FINDINGS)[FindingCode];

/** Every {@link FindingKind}, in the order in which they are told. */
export const FINDING_KINDS = ['missing', 'unreadable', 'inconsistent', 'duplicated'] as const satisfies readonly FindingKind[];

/** Something wrong with a case. */
export interface Finding {
  readonly code: FindingCode;
  readonly kind: FindingKind;
  readonly of: Modality | 'mask';
  /** For people. */
  readonly sentence: string;
}

/** What the headers say of a series or a mask. */
export interface ImageFacts {
  readonly format: SeriesFormat;
  /** Images alone. */
  readonly files: number;
  /** Files in the folder that are no image, or second copies of one. */
  readonly otherFiles: number;
  /** `[slices, rows, columns]`, of the largest volume where there are several. */
  readonly shape: VolumeShape;
  /** Along `[slice, row, column]`, to a thousandth. */
  readonly spacingMm: Vector3;
  readonly orientation: Orientation;
  readonly vendor: Vendor;
}

/** What was found of one case. */
export interface CaseReport {
  readonly id: string;
  readonly label: 0 | 1 | null;
  readonly series: Readonly<Partial<Record<Modality, ImageFacts>>>;
  readonly mask?: ImageFacts;
  /** Empty where nothing is wrong. */
  readonly findings: readonly Finding[];
}

/** How many cases of each class. */
export interface ClassCounts {
  readonly 0: number;
  readonly 1: number;
  readonly unknown: number;
}

/** How much of what a cohort holds. */
export interface CohortCounts {
  readonly cases: number;
  /** Cases with a finding. */
  readonly withFindings: number;
  readonly series: number;
  readonly masks: number;
  /** Of images. */
  readonly files: number;
  readonly classes: ClassCounts;
  /** Series, by modality and plane. */
  readonly orientations: Readonly<Record<Modality, Readonly<Record<Orientation, number>>>>;
  /** Cases with a finding, by what it was found in and of which kind it is. */
  readonly findings: Readonly<Record<Finding['of'], Readonly<Record<FindingKind, number>>>>;
  /** Cases by the vendor of their first series, and class: a vendor that goes with a class is a way to guess the class. */
  readonly vendors: Readonly<Partial<Record<Vendor, ClassCounts>>>;
}

/** What of a report is shown: counts, and the cases of which something is wrong. */
export interface CohortFindings extends Pick<CohortReport, 'cohort' | 'counts' | 'setAside'> {
  readonly cases: readonly Pick<CaseReport, 'id' | 'findings'>[];
}

/**
 * A cohort as it lies on disk: plain data, for JSON. No name, date, number or UID that identifies a patient is in it, and no path but of files that are
 * named by a number.
 */
export interface CohortReport {
  /** Of this form. */
  readonly version: 1;
  /** On what data, in words. */
  readonly cohort: string;
  readonly counts: CohortCounts;
  /** In the order of the cohort. */
  readonly cases: readonly CaseReport[];
  /** Those that the reader of the cohort set aside. */
  readonly setAside: readonly SetAside[];
}
