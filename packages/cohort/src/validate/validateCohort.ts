import type { Orientation } from '@mgmt/core';
import { type AnyCohort, type CaseFiles, casesOf, MODALITIES, type Modality } from '../cohort.js';
import { concurrently } from '../concurrently.js';
import { type CaseReport, type ClassCounts, type CohortCounts, type CohortReport, type Finding, FINDING_KINDS } from './cohortReport.js';
import { type Expected, inspectCase } from './inspectCase.js';
import { sameImages } from './sameImages.js';
import type { Vendor } from './vendor.js';
import { withoutPaths } from './withoutPaths.js';

/** How far a validation has come. */
export interface ValidateProgress {
  readonly done: number;
  readonly total: number;
  /** Images seen so far. */
  readonly files: number;
}

/** How a validation is watched and stopped. */
export interface ValidateOptions {
  /** Called after each case. */
  readonly onProgress?: (progress: ValidateProgress) => void;
  /** Stops between two cases. */
  readonly signal?: AbortSignal;
}

/**
 * Looks at every case of a cohort: which series are there, missing, unreadable, inconsistent with the others of their case, or the same as those of another
 * id. Of DICOM every header is read and one slice a series; NIfTI is read whole. A bad case never stops the others.
 *
 * @returns plain data, for JSON, `cohortReportText` and `cohortReportSection`; nothing in it identifies a patient
 * @throws the signal's reason where it stops
 * @example
 * const report = await validateCohort(await readRsnaCohort('data/rsna'));
 * report.counts.withFindings; // 12
 * console.log(cohortReportText(report));
 */
export async function validateCohort(cohort: AnyCohort, { onProgress, signal }: ValidateOptions = {}): Promise<CohortReport> {
  const cases = casesOf(cohort);
  const expected = expectations(cohort);
  let [done, files] = [0, 0];
  const inspected = await concurrently(cases, CASES_AT_ONCE, async (source) => {
    signal?.throwIfAborted();
    const one = await inspectCase(source, expected(source));
    files += filesOf(one.report);
    onProgress?.({ done: ++done, total: cases.length, files });
    return one;
  });
  signal?.throwIfAborted();
  const same = await sameImages(cases, inspected, signal);
  const reports = inspected.map(({ report }, i) => ({ ...report, findings: [...report.findings, ...(same.get(i) ?? [])] }));
  return {
    version: 1,
    cohort: cohort.description,
    counts: countsOf(reports),
    cases: reports,
    setAside: cohort.setAside.map(({ id, reason }) => ({ id, reason: withoutPaths(reason, cohort.root) })),
  };
}

/** While one lists its files, the headers of another are parsed. */
const CASES_AT_ONCE = 2;

/** A series or mask is missed where others have it; masks among the cases with labels, and among those without. */
function expectations(cohort: AnyCohort): (source: CaseFiles) => Expected {
  const cases = casesOf(cohort);
  const modalities = MODALITIES.filter((modality) => cases.some(({ series }) => series[modality] !== undefined));
  const masked = new Set(cases.filter(({ mask }) => mask !== undefined).map(({ label }) => label !== null));
  return ({ label }) => ({ modalities, mask: masked.has(label !== null) });
}

const imagesOf = ({ series, mask }: CaseReport) => [...Object.values(series), ...(mask ? [mask] : [])];
const filesOf = (report: CaseReport) => imagesOf(report).reduce((sum, { files }) => sum + files, 0);

function countsOf(reports: readonly CaseReport[]): CohortCounts {
  const planes = (modality: Modality, orientation: Orientation) =>
    reports.filter(({ series }) => series[modality]?.orientation === orientation).length;
  const vendorOf = ({ series }: CaseReport) => MODALITIES.map((modality) => series[modality]?.vendor).find(Boolean);
  const vendors = [...new Set(reports.map(vendorOf))].filter((vendor): vendor is Vendor => vendor !== undefined).sort();
  return {
    cases: reports.length,
    withFindings: reports.filter(({ findings }) => findings.length > 0).length,
    series: reports.reduce((sum, { series }) => sum + Object.keys(series).length, 0),
    masks: reports.filter(({ mask }) => mask).length,
    files: reports.reduce((sum, report) => sum + filesOf(report), 0),
    classes: classCounts(reports),
    orientations: Object.fromEntries(
      MODALITIES.map((modality) => [
        modality,
        { axial: planes(modality, 'axial'), coronal: planes(modality, 'coronal'), sagittal: planes(modality, 'sagittal') },
      ]),
    ) as CohortCounts['orientations'],
    findings: Object.fromEntries([...MODALITIES, 'mask' as const].map((of) => [of, kindsOf(reports, of)])) as CohortCounts['findings'],
    vendors: Object.fromEntries(vendors.map((vendor) => [vendor, classCounts(reports.filter((report) => vendorOf(report) === vendor))])),
  };
}

function kindsOf(reports: readonly CaseReport[], of: Finding['of']): CohortCounts['findings'][Finding['of']] {
  const count = (kind: Finding['kind']) =>
    reports.filter(({ findings }) => findings.some((one) => one.of === of && one.kind === kind)).length;
  return Object.fromEntries(FINDING_KINDS.map((kind) => [kind, count(kind)])) as CohortCounts['findings'][Finding['of']];
}

function classCounts(reports: readonly CaseReport[]): ClassCounts {
  const of = (wanted: 0 | 1 | null) => reports.filter(({ label }) => label === wanted).length;
  return { 0: of(0), 1: of(1), unknown: of(null) };
}
