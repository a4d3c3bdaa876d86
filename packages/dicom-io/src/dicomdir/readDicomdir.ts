import { MgmtError } from '@mgmt/core';
import { concurrently, FILES_AT_ONCE } from '../concurrently.js';
import type { Elements } from '../dataSet/elements.js';
import { openDicomFile } from '../dicomFile.js';
import { type DirectoryRecord, directoryRecords, REFERENCED_FILE } from './directoryRecords.js';
import { type FindReferenced, referencedFiles } from './referencedFiles.js';
import type { ReadLimits } from '../limits.js';
import type { HeaderConfig } from '../image/seriesHeader.js';
import type { Skipped } from '../series/skipped.js';

/** What a DICOMDIR lists: the index of a disc, or of a folder. */
export interface Dicomdir {
  readonly patients: readonly DicomdirPatient[];
  /** Files that are named and cannot be given, with the reason. */
  readonly skipped: readonly Skipped[];
  /** What is wrong with the directory and was got around: a sentence each. */
  readonly irregularities: readonly string[];
}

/** A patient of a DICOMDIR. */
export interface DicomdirPatient {
  readonly studies: readonly DicomdirStudy[];
  readonly patientSex?: string;
  /** Present where `identifying` was asked for. */
  readonly identifying?: {
    readonly patientName?: string;
    readonly patientId?: string;
    readonly patientBirthDate?: string;
  };
}

/** A study of a DICOMDIR. */
export interface DicomdirStudy {
  readonly series: readonly DicomdirSeries[];
  /** Present where `identifying` was asked for. */
  readonly identifying?: {
    readonly studyUid?: string;
    readonly studyId?: string;
    readonly studyDate?: string;
    readonly studyTime?: string;
    readonly studyDescription?: string;
    readonly accessionNumber?: string;
  };
}

/** A series of a DICOMDIR. */
export interface DicomdirSeries {
  /** (0008,0060): `MR`, `CT`. */
  readonly modality: string;
  readonly seriesNumber?: number;
  readonly seriesDescription?: string;
  /** Paths of its images, each of which is there; for `readSeries`. */
  readonly files: readonly string[];
  /** Present where `identifying` was asked for. */
  readonly identifying?: { readonly seriesUid?: string };
}

/**
 * Reads the index of a disc: patients, their studies, their series, and where the images lie. No image is opened.
 *
 * Only files below the DICOMDIR's own folder are given. One that is missing, or that is named by a path that leads elsewhere, is set aside in `skipped`.
 *
 * @param path - of the file named DICOMDIR
 * @throws `MgmtError` `dicom-io/not-a-dicomdir`, and those of `readDataSet`
 * @remarks DICOM PS3.10 section 8, PS3.3 annex F.
 * @example
 * const { patients, skipped } = await readDicomdir('disc/DICOMDIR');
 * for (const { studies } of patients) {
 *   for (const { series } of studies) for (const { files } of series) await readSeries(files);
 * }
 */
export async function readDicomdir(path: string, config: HeaderConfig & ReadLimits = {}): Promise<Dicomdir> {
  const { dataSet } = await openDicomFile(path, config);
  if (!dataSet.find(DIRECTORY_RECORDS)) {
    throw new MgmtError('the DICOM file is no directory', {
      code: 'dicom-io/not-a-dicomdir',
      where: path,
      expected: 'a Directory Record Sequence (0004,1220), as in a file named DICOMDIR',
      hint: 'readSeries and scanSeries need no directory: give them the folder',
    });
  }
  const { records, irregularities } = directoryRecords(dataSet.items(DIRECTORY_RECORDS));
  const find = referencedFiles(path);
  const leaves = await concurrently(records, FILES_AT_ONCE, (record, i) => leafOf(record, path, i + 1, find));
  const files = new Map(records.map((record, i) => [record, leaves[i]?.file]));
  const { identifying = false } = config;
  const below = ({ children }: DirectoryRecord) => children.filter(isInUse);

  const series = (record: DirectoryRecord): DicomdirSeries => {
    const { elements } = record;
    const seriesNumber = elements.number('x00200011');
    return {
      modality: elements.text('x00080060') ?? '',
      ...(seriesNumber !== undefined && { seriesNumber }),
      ...texts(elements, { seriesDescription: 'x0008103e' }),
      files: below(record).flatMap((child) => files.get(child) ?? []),
      ...(identifying && { identifying: texts(elements, { seriesUid: 'x0020000e' }) }),
    };
  };
  const study = (record: DirectoryRecord): DicomdirStudy => ({
    series: below(record).map(series),
    ...(identifying && { identifying: texts(record.elements, STUDY_TEXTS) }),
  });
  const patient = (record: DirectoryRecord): DicomdirPatient => ({
    studies: below(record).map(study),
    ...texts(record.elements, { patientSex: 'x00100040' }),
    ...(identifying && { identifying: texts(record.elements, PATIENT_TEXTS) }),
  });
  const patients = records.filter(isInUse).flatMap((record): DicomdirPatient[] => {
    if (standsForPatient(record)) return [patient(record)];
    return record.level === 1 && !record.parent ? [{ studies: [study(record)] }] : []; // whose patient no record tells
  });
  return { patients, skipped: leaves.flatMap((leaf) => leaf?.skipped ?? []), irregularities };
}

/** The file of a record: one that can be given, or one that is left out and why; neither where the record names none. */
async function leafOf(
  record: DirectoryRecord,
  dicomdir: string,
  number: number,
  find: FindReferenced,
): Promise<{ file?: string; skipped?: Skipped } | undefined> {
  const { level, elements, parent: series } = record;
  if (level < 3 || standsForPatient(record) || !elements.find(REFERENCED_FILE)?.length) return undefined;
  const where = `${dicomdir}, record ${number}`;
  try {
    const file = await find(elements.texts(REFERENCED_FILE), where);
    if (!IMAGES.has(elements.text('x00041430') ?? '')) return { skipped: { path: file, reason: 'no image, as its record says' } };
    if (!series?.parent) throw unlinked(file, where);
    const inUse = [record, series, series.parent, series.parent.parent].every((each) => !each || isInUse(each));
    return inUse ? { file } : { skipped: { path: file, reason: 'its record is out of use' } };
  } catch (error) {
    if (!(error instanceof MgmtError)) throw error;
    const path = error.code === 'dicom-io/unsafe-reference' ? dicomdir : (error.where ?? dicomdir);
    return { skipped: { path, reason: error.message, error } };
  }
}

/** What has studies is a patient, whatever it calls itself. */
const standsForPatient = ({ level, children }: DirectoryRecord): boolean => level === 0 || (level === 3 && children.length > 0);

/** Record In-use Flag; 0 marked what was deleted, before that was retired. DICOM PS3.3 section F.3.2.2. */
const isInUse = ({ elements }: DirectoryRecord): boolean => elements.uint16('x00041410') !== 0;

function unlinked(path: string, where: string): MgmtError {
  return new MgmtError('nothing tells to which series of the DICOMDIR this image belongs', {
    code: 'dicom-io/unlinked-record',
    where: path,
    expected: `a series and a study above ${where}`,
    hint: 'scanSeries finds out by the images themselves: give it the folder',
  });
}

/** The texts that are there. */
function texts<K extends string>(elements: Elements, tags: Readonly<Record<K, string>>): { readonly [name in K]?: string } {
  const found = Object.entries<string>(tags).map(([name, tag]) => [name, elements.text(tag)] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined)) as { readonly [name in K]?: string };
}

const PATIENT_TEXTS = { patientName: 'x00100010', patientId: 'x00100020', patientBirthDate: 'x00100030' } as const;
const STUDY_TEXTS = {
  studyUid: 'x0020000d',
  studyId: 'x00200010',
  studyDate: 'x00080020',
  studyTime: 'x00080030',
  studyDescription: 'x00081030',
  accessionNumber: 'x00080050',
} as const;

/** The types of records whose files have pixels. DICOM PS3.3 section F.4. */
const IMAGES: ReadonlySet<string> = new Set(['IMAGE', 'RT DOSE']);
const DIRECTORY_RECORDS = 'x00041220';
