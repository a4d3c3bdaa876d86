import { MODALITIES } from '../cohort.js';
import { type CohortCounts, type CohortFindings, FINDING_KINDS } from './cohortReport.js';
import { countsText } from './cohortReportText.js';

/** Running text of a page. */
export interface ReportParagraph {
  readonly kind: 'paragraph';
  readonly text: string;
}

/** A table for a page: rows of cells under named columns. */
export interface ReportTable {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly { readonly name: string }[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** A section of a page, in the form that `@mgmt/report` draws. */
export interface ReportSection {
  readonly id: string;
  readonly heading: string;
  readonly blocks: readonly (ReportParagraph | ReportTable)[];
}

/**
 * A report as a section of a page: what there is by plane, cases by class and vendor, what is wrong by kind, then findings and cases that were set aside, where
 * there are any.
 *
 * @example
 * renderPage({ ...page, sections: [cohortReportSection(report)] }); // of `@mgmt/report`
 */
export function cohortReportSection({ cohort, counts, cases, setAside }: CohortFindings): ReportSection {
  const findings = cases.flatMap(({ id, findings }) => findings.map(({ of, kind, code, sentence }) => [id, of, kind, code, sentence]));
  const first = findings.slice(0, ROWS_AT_MOST);
  return {
    id: 'cohort',
    heading: `The data: ${cohort}`,
    blocks: [
      {
        kind: 'paragraph',
        text: `${countsText(counts)}. ${counts.withFindings === 0 ? 'Nothing was found wrong.' : `Something is wrong with ${counts.withFindings} of the cases.`}`,
      },
      table('What is there, by plane.', ['Image', 'There', 'Axial', 'Coronal', 'Sagittal'], imagesThere(counts)),
      table(
        'Cases by the vendor of their scanner.',
        ['Vendor', 'Class 0', 'Class 1', 'Without label'],
        [
          ...Object.entries(counts.vendors).map(([vendor, count]) => [vendor, count[0], count[1], count.unknown]),
          ['all cases', counts.classes[0], counts.classes[1], counts.classes.unknown],
        ],
      ),
      table(
        'In how many cases something is wrong.',
        ['Image', ...FINDING_KINDS.map((kind) => kind[0]!.toUpperCase() + kind.slice(1))],
        IMAGES.map((of) => [of, ...FINDING_KINDS.map((kind) => counts.findings[of][kind])]),
      ),
      ...tableUnlessEmpty(
        first.length < findings.length
          ? `The first ${first.length} of ${findings.length} findings; the report itself lists them all.`
          : 'What was found, case by case.',
        ['Case', 'Image', 'Kind', 'Finding', 'In words'],
        first,
      ),
      ...tableUnlessEmpty(
        'Cases that were set aside, with the reason.',
        ['Case', 'Reason'],
        setAside.map(({ id, reason }) => [id, reason]),
      ),
    ],
  };
}

/** Of findings: who has more is not helped by a page. */
const ROWS_AT_MOST = 200;

const IMAGES = [...MODALITIES, 'mask'] as const;

const imagesThere = ({ orientations, masks }: CohortCounts): ReportTable['rows'] =>
  IMAGES.map((of) => {
    if (of === 'mask') return [of, masks, null, null, null];
    const { axial, coronal, sagittal } = orientations[of];
    return [of, axial + coronal + sagittal, axial, coronal, sagittal];
  });

const tableUnlessEmpty = (caption: string, names: readonly string[], rows: ReportTable['rows']): readonly ReportTable[] =>
  rows.length > 0 ? [table(caption, names, rows)] : [];

const table = (caption: string, names: readonly string[], rows: ReportTable['rows']): ReportTable => ({
  kind: 'table',
  caption,
  columns: names.map((name) => ({ name })),
  rows,
});
