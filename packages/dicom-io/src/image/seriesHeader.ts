import type { Elements } from '../dataSet/elements.js';
import { type FrameGroups, MACRO, pixelSpacing } from './frameGroups.js';
import type { PixelFormat } from '../pixels/pixelFormat.js';

/** How much of a header is kept. */
export interface HeaderConfig {
  /** Keep names, numbers, dates and UIDs that identify the patient, under `header.identifying`. False by default. */
  readonly identifying?: boolean;
}

/** What a series says of itself, from the first of its slices. Nothing in it identifies a patient unless that was asked for. */
export interface SeriesHeader {
  /** (0008,0060): `MR`, `CT`. */
  readonly modality: string;
  readonly sopClassUid?: string;
  /** (0008,0008): `ORIGINAL`, `PRIMARY`, … */
  readonly imageType?: readonly string[];
  readonly seriesDescription?: string;
  readonly seriesNumber?: number;
  readonly protocolName?: string;
  readonly bodyPart?: string;
  /** (0010,0040): `M`, `F`, `O`. */
  readonly patientSex?: string;
  /** (0010,1010), of a length in days, weeks, months or years: `045Y`. To cap ages over 89 years is left to whoever publishes. */
  readonly patientAge?: string;
  /** (0018,5100): `HFS` is head first, supine. */
  readonly patientPosition?: string;
  readonly manufacturer?: string;
  readonly model?: string;
  readonly softwareVersions?: string;
  readonly magneticFieldStrengthT?: number;
  /** (0018,0010): names the agent; absent where none was given, or none was written down. */
  readonly contrastAgent?: string;
  /** (0018,0020): `SE`, `IR`, `GR`, `EP`, `RM`. */
  readonly scanningSequence?: readonly string[];
  readonly sequenceVariant?: readonly string[];
  readonly sequenceName?: string;
  /** (0018,0023): `2D` or `3D`. */
  readonly acquisitionType?: string;
  readonly repetitionTimeMs?: number;
  readonly echoTimeMs?: number;
  readonly inversionTimeMs?: number;
  readonly flipAngleDegrees?: number;
  readonly echoTrainLength?: number;
  readonly numberOfAverages?: number;
  readonly rows: number;
  readonly columns: number;
  /** `MONOCHROME1`: larger values are darker; voxels are never inverted here. */
  readonly photometric: string;
  readonly bitsStored: number;
  /** Between rows, between columns. */
  readonly pixelSpacingMm?: readonly [number, number];
  readonly sliceThicknessMm?: number;
  readonly spacingBetweenSlicesMm?: number;
  /** The first window that the file suggests for viewing, in rescaled values. */
  readonly window?: { readonly center: number; readonly width: number };
  /** (0028,1054): the unit of rescaled values, as `HU` in CT. */
  readonly rescaleType?: string;
  /** (0028,2110) `01`: the image was once compressed with loss, whatever its transfer syntax says. */
  readonly lossy?: boolean;
  /** Only with `identifying: true`. */
  readonly identifying?: IdentifyingElements;
}

/** What names the patient, or the occasion. Left out of headers by default; in no error and no log ever. */
export interface IdentifyingElements {
  readonly patientName?: string;
  readonly patientId?: string;
  readonly patientBirthDate?: string;
  readonly studyDate?: string;
  readonly acquisitionDate?: string;
  readonly acquisitionTime?: string;
  readonly institutionName?: string;
  readonly studyUid?: string;
  readonly seriesUid?: string;
  readonly frameOfReferenceUid?: string;
}

/** The header of an image: of its first frame, where frames differ. */
export function seriesHeader(
  dataSet: Elements,
  groups: FrameGroups,
  pixels: PixelFormat,
  { identifying = false }: HeaderConfig,
): SeriesHeader {
  const text = (tag: string) => dataSet.text(tag);
  const texts = (tag: string) => (dataSet.find(tag)?.length ? dataSet.texts(tag) : undefined);
  const number = (macro: string, ...tags: string[]) =>
    tags.map((tag) => groups.of(0, macro, tag)?.number(tag)).find((n) => n !== undefined);
  const [center, width] = ['x00281050', 'x00281051'].map((tag) => number(MACRO.voiLut, tag));
  const lossy = text('x00282110');
  return present<SeriesHeader>({
    modality: text('x00080060') ?? '',
    sopClassUid: text('x00080016'),
    imageType: texts('x00080008'),
    seriesDescription: text('x0008103e'),
    seriesNumber: dataSet.number('x00200011'),
    protocolName: text('x00181030'),
    bodyPart: text('x00180015'),
    patientSex: text('x00100040'),
    patientAge: text('x00101010'),
    patientPosition: text('x00185100'),
    manufacturer: text('x00080070'),
    model: text('x00081090'),
    softwareVersions: text('x00181020'),
    magneticFieldStrengthT: dataSet.number('x00180087'),
    contrastAgent: text('x00180010'),
    scanningSequence: texts('x00180020'),
    sequenceVariant: texts('x00180021'),
    sequenceName: text('x00180024') ?? text('x00189005'),
    acquisitionType: text('x00180023') ?? text('x00189004'),
    repetitionTimeMs: number(MACRO.mrTiming, 'x00180080'),
    echoTimeMs: number(MACRO.mrEcho, 'x00189082', 'x00180081'),
    inversionTimeMs: number(MACRO.mrModifier, 'x00180082', 'x00189079'),
    flipAngleDegrees: number(MACRO.mrTiming, 'x00181314'),
    echoTrainLength: number(MACRO.mrTiming, 'x00180091'),
    numberOfAverages: number(MACRO.mrAverages, 'x00180083'),
    rows: pixels.rows,
    columns: pixels.columns,
    photometric: pixels.photometric,
    bitsStored: pixels.bitsStored,
    pixelSpacingMm: pixelSpacing(groups, 0),
    sliceThicknessMm: number(MACRO.pixelMeasures, 'x00180050'),
    spacingBetweenSlicesMm: number(MACRO.pixelMeasures, 'x00180088'),
    window: center !== undefined && width !== undefined ? { center, width } : undefined,
    rescaleType: groups.of(0, MACRO.pixelValues, 'x00281054')?.text('x00281054'),
    lossy: lossy === undefined ? undefined : lossy === '01',
    identifying: identifying ? identifyingElements(dataSet) : undefined,
  });
}

function identifyingElements(dataSet: Elements): IdentifyingElements {
  return present<IdentifyingElements>({
    patientName: dataSet.text('x00100010'),
    patientId: dataSet.text('x00100020'),
    patientBirthDate: dataSet.text('x00100030'),
    studyDate: dataSet.text('x00080020'),
    acquisitionDate: dataSet.text('x00080022'),
    acquisitionTime: dataSet.text('x00080032'),
    institutionName: dataSet.text('x00080080'),
    studyUid: dataSet.text('x0020000d'),
    seriesUid: dataSet.text('x0020000e'),
    frameOfReferenceUid: dataSet.text('x00200052'),
  });
}

/** Without the members that are undefined. */
function present<T extends object>(members: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}
