import { MgmtError, type Vector3 } from '@mgmt/core';
import { type DataSet, parseDataSet, PIXEL_DATA } from './dataSet.js';
import type { IdentifyingElements, ImagePlane, Instance, PixelFormat, SeriesHeader } from './instance.js';
import { dot, scale } from './vectors.js';

/** How much of a header is kept. */
export interface HeaderConfig {
  /** Keep names, numbers, dates and UIDs that identify the patient, under `header.identifying`. False by default. */
  readonly identifying?: boolean;
}

/**
 * Reads what a DICOM image says, short of its pixels.
 *
 * @param bytes - the file, or its head up to somewhere behind the beginning of its pixel data
 * @param where - its path, for errors
 * @throws `MgmtError` `dicom-io/not-dicom`, `dicom-io/malformed`, `dicom-io/not-an-image` for other objects (a directory, a report),
 * `dicom-io/no-pixel-data` for an image without pixels, `dicom-io/unsupported-transfer-syntax` where even the header is compressed
 */
export function parseInstance(bytes: Uint8Array, where: string, { identifying = false }: HeaderConfig = {}): Instance {
  const dataSet = parseDataSet(bytes, where);
  const pixelData = dataSet.extent(PIXEL_DATA);
  const [rows, columns] = [dataSet.uint16('x00280010'), dataSet.uint16('x00280011')];
  if (!pixelData || !rows || !columns) throw noImage(dataSet, where, rows !== undefined || pixelData !== undefined);
  const pixels = pixelFormat(dataSet, rows, columns);
  return {
    path: where,
    transferSyntaxUid: dataSet.text('x00020010') ?? '',
    seriesUid: dataSet.text('x0020000e') ?? '',
    sopInstanceUid: dataSet.text('x00080018') ?? '',
    header: seriesHeader(dataSet, pixels, identifying),
    pixels,
    pixelData,
    plane: imagePlane(dataSet),
    rescale: { slope: dataSet.numbers('x00281053')?.[0] ?? 1, intercept: dataSet.numbers('x00281052')?.[0] ?? 0 },
    repetition: {
      temporalPosition: dataSet.numbers('x00200100')?.[0],
      echoTimeMs: dataSet.numbers('x00180081')?.[0],
      imageType: dataSet.text('x00080008'),
      acquisition: dataSet.numbers('x00200012')?.[0],
      triggerTimeMs: dataSet.numbers('x00181060')?.[0],
      instance: dataSet.numbers('x00200013')?.[0],
    },
  };
}

function pixelFormat(dataSet: DataSet, rows: number, columns: number): PixelFormat {
  const bitsAllocated = dataSet.uint16('x00280100') ?? 0;
  const bitsStored = dataSet.uint16('x00280101') ?? bitsAllocated;
  return {
    rows,
    columns,
    samplesPerPixel: dataSet.uint16('x00280002') ?? 1,
    frames: dataSet.numbers('x00280008')?.[0] ?? 1,
    bitsAllocated,
    bitsStored,
    highBit: dataSet.uint16('x00280102') ?? bitsStored - 1,
    signed: dataSet.uint16('x00280103') === 1,
    photometric: dataSet.text('x00280004') ?? '',
  };
}

function seriesHeader(dataSet: DataSet, pixels: PixelFormat, identifying: boolean): SeriesHeader {
  const number = (tag: string) => dataSet.numbers(tag)?.[0];
  const [center, width] = [number('x00281050'), number('x00281051')];
  return present<SeriesHeader>({
    modality: dataSet.text('x00080060') ?? '',
    seriesDescription: dataSet.text('x0008103e'),
    seriesNumber: number('x00200011'),
    manufacturer: dataSet.text('x00080070'),
    magneticFieldStrengthT: number('x00180087'),
    rows: pixels.rows,
    columns: pixels.columns,
    photometric: pixels.photometric,
    bitsStored: pixels.bitsStored,
    pixelSpacingMm: pixelSpacing(dataSet),
    sliceThicknessMm: number('x00180050'),
    spacingBetweenSlicesMm: number('x00180088'),
    repetitionTimeMs: number('x00180080'),
    echoTimeMs: number('x00180081'),
    window: center !== undefined && width !== undefined ? { center, width } : undefined,
    identifying: identifying ? identifyingElements(dataSet) : undefined,
  });
}

function identifyingElements(dataSet: DataSet): IdentifyingElements {
  return present<IdentifyingElements>({
    patientName: dataSet.text('x00100010'),
    patientId: dataSet.text('x00100020'),
    patientBirthDate: dataSet.text('x00100030'),
    studyDate: dataSet.text('x00080020'),
    institutionName: dataSet.text('x00080080'),
    studyUid: dataSet.text('x0020000d'),
    seriesUid: dataSet.text('x0020000e'),
    frameOfReferenceUid: dataSet.text('x00200052'),
  });
}

function pixelSpacing(dataSet: DataSet): readonly [number, number] | undefined {
  const [betweenRows = 0, betweenColumns = 0] = dataSet.numbers('x00280030', 2) ?? [];
  return betweenRows > 0 && betweenColumns > 0 ? [betweenRows, betweenColumns] : undefined;
}

function imagePlane(dataSet: DataSet): ImagePlane | undefined {
  const position = dataSet.numbers('x00200032', 3);
  const cosines = dataSet.numbers('x00200037', 6);
  if (!position || !cosines) return undefined;
  const rowDirection = unit(cosines.slice(0, 3));
  const columnDirection = unit(cosines.slice(3));
  if (!rowDirection || !columnDirection || Math.abs(dot(rowDirection, columnDirection)) > 1e-2) return undefined;
  return { position: position as unknown as Vector3, rowDirection, columnDirection };
}

function unit(values: readonly number[]): Vector3 | undefined {
  const vector = values as unknown as Vector3;
  const length = Math.hypot(...vector);
  if (Math.abs(length - 1) > 1e-2) return undefined;
  return Math.abs(length - 1) < 1e-6 ? vector : scale(vector, 1 / length); // scanners write float32: those stay as they are
}

function noImage(dataSet: DataSet, where: string, partly: boolean): MgmtError {
  const sopClass = dataSet.text('x00080016') ?? dataSet.text('x00020002') ?? '';
  if (partly || IMAGE_CLASSES.has(sopClass)) {
    return new MgmtError('the image has no pixel data', {
      code: 'dicom-io/no-pixel-data',
      where,
      expected: 'rows, columns and pixel data',
      hint: 'the file was cut short, or stripped of its pixels; fetch it again',
    });
  }
  return new MgmtError('the DICOM file is no image', { code: 'dicom-io/not-an-image', where, expected: 'pixel data' });
}

/** CT, MR and their enhanced forms: files that must have pixels. DICOM PS3.4 section B.5. */
const IMAGE_CLASSES: ReadonlySet<string> = new Set(['2', '2.1', '4', '4.1'].map((end) => `1.2.840.10008.5.1.4.1.1.${end}`));

/** Without the members that are undefined. */
function present<T extends object>(members: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}
