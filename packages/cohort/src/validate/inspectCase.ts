import { type CaseFiles, MODALITIES, type Modality } from '../cohort.js';
import { seriesFormat } from '../readCaseSeries.js';
import type { CaseReport, Finding, FindingCode, ImageFacts } from './cohortReport.js';
import { inspectDicom } from './inspectDicom.js';
import { cannotRead, finding, type InspectedImage } from './inspectedImage.js';
import { inspectMask, inspectNifti } from './inspectNifti.js';

/** What the other cases have, and so this one should. */
export interface Expected {
  readonly modalities: readonly Modality[];
  readonly mask: boolean;
}

/** What was found of a case, and the marks of its series by which the same images are found under other ids. */
export interface InspectedCase {
  readonly report: CaseReport;
  readonly prints: Readonly<Partial<Record<Modality, string>>>;
}

/** Looks at all that there is of a case. Whatever is wrong with it becomes a finding, and never an error. */
export async function inspectCase(source: CaseFiles, expected: Expected): Promise<InspectedCase> {
  const findings: Finding[] = [];
  const images = new Map<Finding['of'], InspectedImage>();
  for (const modality of MODALITIES) {
    const path = source.series[modality];
    if (path !== undefined) images.set(modality, await inspect(modality, path));
    else if (expected.modalities.includes(modality)) findings.push(finding('no-series', modality, 'other cases have this series'));
  }
  if (source.mask !== undefined) images.set('mask', await inspect('mask', source.mask));
  else if (expected.mask) findings.push(finding('no-mask', 'mask', 'other cases of the set have a mask'));
  findings.push(...[...images.values()].flatMap((image) => image.findings), ...disagreements(images));

  const series: Partial<Record<Modality, ImageFacts>> = {};
  const prints: Partial<Record<Modality, string>> = {};
  for (const modality of MODALITIES) {
    const { facts, print } = images.get(modality) ?? {};
    if (facts) series[modality] = facts;
    if (print) prints[modality] = print;
  }
  const mask = images.get('mask')?.facts;
  return { report: { id: source.id, label: source.label, series, ...(mask && { mask }), findings }, prints };
}

async function inspect(of: Finding['of'], path: string): Promise<InspectedImage> {
  try {
    if (of === 'mask') return await inspectMask(path);
    return seriesFormat(path) === 'nifti' ? await inspectNifti(path, of) : await inspectDicom(path, of);
  } catch (error) {
    return { findings: [cannotRead(of, error)], common: {} };
  }
}

/** Images that differ from the most of their case in what all should share. A mask beside DICOM series has a grid of its own. */
function disagreements(images: ReadonlyMap<Finding['of'], InspectedImage>): Finding[] {
  return SHARED.flatMap(([property, code, sentence]) => {
    const said = [...images].flatMap(([of, { common }]) => (common[property] ? [{ of, value: common[property] }] : []));
    const count = (value: string) => said.filter((one) => one.value === value).length;
    const usual = said.reduce<(typeof said)[number] | undefined>(
      (best, one) => (best && count(best.value) >= count(one.value) ? best : one),
      undefined,
    );
    return said.filter(({ value }) => value !== usual?.value).map(({ of }) => finding(code, of, `${sentence} ${usual!.of}`));
  });
}

const SHARED: readonly (readonly [keyof InspectedImage['common'], FindingCode, string])[] = [
  ['frameOfReference', 'other-frame-of-reference', 'the series lies in another frame of reference than'],
  ['patient', 'other-patient', 'the files name another patient than those of'],
  ['grid', 'other-grid', 'the matrix or its place is not that of'],
];
