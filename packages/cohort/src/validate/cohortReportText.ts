import { MODALITIES } from '../cohort.js';
import { type ClassCounts, type CohortCounts, type CohortFindings, type Finding, FINDING_KINDS } from './cohortReport.js';

/**
 * A report for a terminal: counts, then each case with what is wrong with it, then those that were set aside.
 *
 * @example
 * console.log(cohortReportText(await validateCohort(cohort)));
 */
export function cohortReportText({ cohort, counts, cases, setAside }: CohortFindings): string {
  const { orientations, vendors } = counts;
  const bad = cases.filter(({ findings }) => findings.length > 0);
  return [
    cohort,
    countsText(counts),
    ...MODALITIES.map((modality) => {
      const { axial, coronal, sagittal } = orientations[modality];
      return `  ${modality.padEnd(6)} ${axial} axial, ${coronal} coronal, ${sagittal} sagittal${kindsText(counts, modality)}`;
    }),
    `  mask   ${counts.masks}${kindsText(counts, 'mask')}`,
    ...Object.entries(vendors).map(([vendor, count]) => `  ${vendor}: ${classText(count)}`),
    `${bad.length} cases with findings, ${counts.cases - bad.length} without`,
    ...bad.flatMap(({ id, findings }) => findings.map(({ kind, code, of, sentence }) => `  ${id} ${of}: ${kind}, ${code}: ${sentence}`)),
    ...(setAside.length > 0 ? [`${setAside.length} set aside`] : []),
    ...setAside.map(({ id, reason }) => `  ${id}: ${reason.replaceAll('\n', '\n    ')}`),
  ].join('\n');
}

/** How much there is, in one line: `48 cases (19 of class 0, 21 of class 1, 8 without label), 192 series, 40 masks, 3,420 files`. */
export const countsText = ({ cases, classes, series, masks, files }: CohortCounts): string =>
  `${cases} cases (${classText(classes)}), ${series} series, ${masks} masks, ${files.toLocaleString('en-US')} files`;

const classText = (counts: ClassCounts) => `${counts[0]} of class 0, ${counts[1]} of class 1, ${counts.unknown} without label`;

/** `; 3 missing, 1 unreadable`, or nothing where nothing is wrong. */
function kindsText({ findings }: CohortCounts, of: Finding['of']): string {
  const kinds = FINDING_KINDS.flatMap((kind) => (findings[of][kind] > 0 ? [`${findings[of][kind]} ${kind}`] : []));
  return kinds.length > 0 ? `; ${kinds.join(', ')}` : '';
}
