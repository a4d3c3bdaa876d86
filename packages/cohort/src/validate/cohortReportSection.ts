import { MODALITIES } from '../cohort.js';
import type { CohortReport } from './cohortReport.js';

/** A table for a page: rows of cells under named columns. */
export interface ReportTable {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly { readonly name: string }[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  /** Said in the place of a table without rows. */
  readonly empty: string;
}

/** A section of a page, in the form that `@mgmt/report` draws. */
export interface ReportSection {
  readonly id: string;
  readonly heading: string;
  readonly blocks: readonly ReportTable[];
}

/**
 * A report as a section of a page: counts by class, plane and vendor, then findings, then cases that were set aside.
 *
 * @example
 * renderPage({ ...page, sections: [cohortReportSection(report)] }); // of `@mgmt/report`
 */
export function cohortReportSection({ cohort, counts, cases, setAside }: CohortReport): ReportSection {
  const { orientations } = counts;
  return {
    id: 'cohort',
    heading: `The data: ${cohort}`,
    blocks: [
      table(
        'Cases by the vendor of their scanner',
        ['vendor', 'class 0', 'class 1', 'without label'],
        [
          ...Object.entries(counts.vendors).map(([vendor, count]) => [vendor, count[0], count[1], count.unknown]),
          ['all cases', counts.classes[0], counts.classes[1], counts.classes.unknown],
        ],
      ),
      table(
        'Series by plane',
        ['series', 'axial', 'coronal', 'sagittal'],
        MODALITIES.map((modality) => [
          modality,
          orientations[modality].axial,
          orientations[modality].coronal,
          orientations[modality].sagittal,
        ]),
      ),
      table(
        'Cases with findings',
        ['case', 'image', 'kind', 'finding', 'in words'],
        cases.flatMap(({ id, findings }) => findings.map(({ of, kind, code, sentence }) => [id, of, kind, code, sentence])),
        'Nothing was found wrong.',
      ),
      table(
        'Cases set aside',
        ['case', 'reason'],
        setAside.map(({ id, reason }) => [id, reason]),
        'None.',
      ),
    ],
  };
}

const table = (caption: string, names: readonly string[], rows: ReportTable['rows'], empty = 'None.'): ReportTable => ({
  kind: 'table',
  caption,
  columns: names.map((name) => ({ name })),
  rows,
  empty,
});
