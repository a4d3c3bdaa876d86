import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MgmtError, type Volume } from '@mgmt/core';
import { cannotWrite } from '@mgmt/core/files';
import { concurrently, FILES_AT_ONCE } from '../concurrently.js';
import { decimalString } from './decimalString.js';
import { deriveUid } from './deriveUid.js';
import { encodePart10, type WrittenElement } from './encodePart10.js';
import { planeOf } from './planeOf.js';

/** What the files of a written series say beside their voxels. */
export interface WriteSeriesConfig {
  /** (0010,0020), at most 64 characters. */
  readonly patientId: string;
  /** (0008,103E), at most 64 characters. */
  readonly seriesDescription: string;
  /** (0008,0070), at most 64 characters; empty by default. */
  readonly manufacturer?: string;
  /** Derived from `patientId` by default. */
  readonly studyUid?: string;
  /** Derived from the study's and `seriesDescription` by default: two series of one study under one description need one of their own. */
  readonly seriesUid?: string;
  /** Derived from the study's by default: all series of a study lie in one space. */
  readonly frameOfReferenceUid?: string;
  /** The file name of a slice, counted from 0 along the volume's first axis; `Image-1.dcm`, `Image-2.dcm`, … by default. */
  readonly fileName?: (sliceIndex: number) => string;
}

/**
 * Writes a volume as a series of MR images, a file a slice: explicit little endian, 16 bits, MONOCHROME2. Equal input gives equal bytes.
 *
 * Voxels of `Int16Array` are written as signed, of `Uint16Array` as unsigned. Reading the series gives the volume again; a left-handed volume (slices
 * that run against the normal of rows and columns) comes back with its slices in reverse order and the affine to match.
 *
 * @param folder - made where it is missing; files of the same names in it are replaced
 * @returns paths, in the order of the volume's slices
 * @throws `MgmtError` `dicom-io/unsupported-voxel-type` for other than 16-bit integers, `dicom-io/oblique-grid` where rows and columns are not at right
 * angles, `dicom-io/invalid-value` for a text or UID that DICOM does not take
 * @remarks Slices are written plainly, without a flush of each to the disk, since a cohort is tens of thousands of them: after a crash of the machine
 * write the folder again.
 * @example
 * await writeSeries('00042/T1wCE', head, { patientId: '00042', seriesDescription: 'T1wCE', fileName: (k) => `Image-${k + 1}.dcm` });
 */
export async function writeSeries(folder: string, volume: Volume, config: WriteSeriesConfig): Promise<string[]> {
  const { data, shape, affine } = volume;
  const [slices, rows, columns] = shape;
  const kind = data.constructor.name;
  if (kind !== 'Int16Array' && kind !== 'Uint16Array') {
    throw new MgmtError('a series is written from 16-bit integers', {
      code: 'dicom-io/unsupported-voxel-type',
      where: folder,
      expected: 'voxels of Int16Array or Uint16Array',
      found: kind,
      hint: 'scale and round the voxels into one of them first',
    });
  }
  const uids = checkTexts(config, folder);
  const plane = planeOf(affine, folder);
  const window = windowOf(data);
  const sliceVoxels = rows * columns;
  const elements = (k: number): WrittenElement[] => [
    [0x00080005, 'CS', 'ISO_IR 192'], // UTF-8
    [0x00080008, 'CS', 'DERIVED\\PRIMARY\\OTHER'],
    [0x00080016, 'UI', MR_IMAGE_STORAGE],
    [0x00080018, 'UI', deriveUid(uids.series, k)],
    [0x00080020, 'DA', ''],
    [0x00080030, 'TM', ''],
    [0x00080050, 'SH', ''],
    [0x00080060, 'CS', 'MR'],
    [0x00080070, 'LO', config.manufacturer ?? ''],
    [0x00080090, 'PN', ''],
    [0x0008103e, 'LO', config.seriesDescription],
    [0x00100010, 'PN', ''],
    [0x00100020, 'LO', config.patientId],
    [0x00100030, 'DA', ''],
    [0x00100040, 'CS', ''],
    [0x00180020, 'CS', 'RM'], // research mode
    [0x00180021, 'CS', 'NONE'],
    [0x00180022, 'CS', ''],
    [0x00180023, 'CS', ''],
    [0x00180050, 'DS', decimalString(plane.sliceSpacingMm)],
    [0x00180080, 'DS', ''],
    [0x00180081, 'DS', ''],
    [0x00180088, 'DS', decimalString(plane.sliceSpacingMm)],
    [0x00180091, 'IS', ''],
    [0x00185100, 'CS', ''],
    [0x0020000d, 'UI', uids.study],
    [0x0020000e, 'UI', uids.series],
    [0x00200010, 'SH', ''],
    [0x00200011, 'IS', ''],
    [0x00200013, 'IS', String(k + 1)],
    [0x00200032, 'DS', plane.position(k).map(decimalString).join('\\')],
    [0x00200037, 'DS', [...plane.rowDirection, ...plane.columnDirection].map(decimalString).join('\\')],
    [0x00200052, 'UI', uids.frameOfReference],
    [0x00200060, 'CS', ''],
    [0x00201040, 'LO', ''],
    [0x00280002, 'US', 1],
    [0x00280004, 'CS', 'MONOCHROME2'],
    [0x00280010, 'US', rows],
    [0x00280011, 'US', columns],
    [0x00280030, 'DS', plane.pixelSpacingMm.map(decimalString).join('\\')],
    [0x00280100, 'US', 16],
    [0x00280101, 'US', 16],
    [0x00280102, 'US', 15],
    [0x00280103, 'US', kind === 'Int16Array' ? 1 : 0],
    [0x00281050, 'DS', decimalString(window.center)],
    [0x00281051, 'DS', decimalString(window.width)],
    [0x7fe00010, 'OW', new Uint8Array(data.buffer, data.byteOffset + k * sliceVoxels * 2, sliceVoxels * 2)],
  ];
  const name = config.fileName ?? ((k: number) => `Image-${k + 1}.dcm`);
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw cannotWrite(folder, cause);
  });
  return concurrently(Array.from({ length: slices }), FILES_AT_ONCE, async (_, k) => {
    const path = join(folder, name(k));
    await writeFile(path, encodePart10(elements(k))).catch((cause: unknown) => {
      throw cannotWrite(path, cause);
    });
    return path;
  });
}

/** The linear window (DICOM PS3.3 section C.11.2.1.2) that shows all voxels. */
function windowOf(data: Volume['data']): { center: number; width: number } {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { center: (low + high + 1) / 2, width: high - low + 1 };
}

function checkTexts(config: WriteSeriesConfig, where: string): { study: string; series: string; frameOfReference: string } {
  const invalid = (name: string, expected: string) =>
    new MgmtError(`${name} has a value that DICOM does not take`, { code: 'dicom-io/invalid-value', where, expected });
  for (const name of ['patientId', 'seriesDescription', 'manufacturer'] as const) {
    if (!LONG_STRING.test(config[name] ?? '')) throw invalid(name, 'at most 64 characters, neither backslash nor control character');
  }
  const study = config.studyUid ?? deriveUid('study', config.patientId);
  const series = config.seriesUid ?? deriveUid('series', study, config.seriesDescription);
  const frameOfReference = config.frameOfReferenceUid ?? deriveUid('frame of reference', study);
  for (const [name, uid] of Object.entries({ studyUid: study, seriesUid: series, frameOfReferenceUid: frameOfReference })) {
    if (uid.length > 64 || !UID.test(uid)) throw invalid(name, 'numbers without leading zeros, joined by points, at most 64 characters');
  }
  return { study, series, frameOfReference };
}

const MR_IMAGE_STORAGE = '1.2.840.10008.5.1.4.1.1.4';
const LONG_STRING = /^[^\p{Cc}\\]{0,64}$/u;
const UID = /^(0|[1-9]\d*)(\.(0|[1-9]\d*))*$/;
