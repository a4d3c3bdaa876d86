import { MODALITIES } from '../cohort.js';
import type { ClassCounts, CohortReport } from './cohortReport.js';

/**
 * A report for a terminal: counts, then each case with what is wrong with it, then those that were set aside.
 *
 * @example
 * console.log(cohortReportText(await validateCohort(cohort)));
 */
export function cohortReportText({ cohort, counts, cases, setAside }: CohortReport): string {
  const { orientations, vendors, classes } = counts;
  const bad = cases.filter(({ findings }) => findings.length > 0);
  return [
    cohort,
    `${counts.cases} cases (${classText(classes)}), ${counts.series} series, ${counts.masks} masks, ${counts.files} files`,
    ...MODALITIES.map((modality) => {
      const { axial, coronal, sagittal } = orientations[modality];
      return `  ${modality.padEnd(6)} ${axial} axial, ${coronal} coronal, ${sagittal} sagittal`;
    }),
    ...Object.entries(vendors).map(([vendor, count]) => `  ${vendor}: ${classText(count)}`),
    `${bad.length} cases with findings, ${cases.length - bad.length} without`,
    ...bad.flatMap(({ id, findings }) => findings.map(({ kind, code, of, sentence }) => `  ${id} ${of}: ${kind}, ${code}: ${sentence}`)),
    ...(setAside.length > 0 ? [`${setAside.length} set aside`] : []),
    ...setAside.map(({ id, reason }) => `  ${id}: ${reason.replaceAll('\n', '\n    ')}`),
  ].join('\n');
}

const classText = (counts: ClassCounts) => `${counts[0]} of class 0, ${counts[1]} of class 1, ${counts.unknown} without label`;
