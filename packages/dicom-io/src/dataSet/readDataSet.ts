import type { MgmtError } from '@mgmt/core';
import { DataSet } from './dataSet.js';
import { openDataSet } from './openDataSet.js';
import { unpack } from './unpack.js';
import { openDicomFile } from '../dicomFile.js';
import type { ReadLimits } from '../limits.js';
import type { HeaderConfig } from '../image/seriesHeader.js';

/** How a data set is read. */
export interface ReadDataSetConfig extends HeaderConfig, ReadLimits {
  /** Where the file is damaged or cut short, give what stands before that, and say in `damage` what is wrong. False by default: it is an error. */
  readonly allowDamaged?: boolean;
}

/**
 * Reads what a DICOM file says, of any kind, short of its pixels: images, reports, plans, directories.
 *
 * @throws `MgmtError` `dicom-io/not-dicom`, `dicom-io/empty-file`, `dicom-io/malformed` with tag and byte, `dicom-io/cannot-read`,
 * `dicom-io/bad-packing`, `dicom-io/too-large`, `dicom-io/unsupported-transfer-syntax` for implicit big endian
 * @example
 * const dataSet = await readDataSet('Image-1.dcm');
 * dataSet.number('EchoTime'); // ms
 * dataSet.items('SharedFunctionalGroupsSequence')[0]?.items('PixelMeasuresSequence');
 */
export async function readDataSet(path: string, config: ReadDataSetConfig = {}): Promise<DataSet> {
  let damage: MgmtError | undefined;
  const { dataSet } = await openDicomFile(path, config, config.allowDamaged ? (error) => (damage = error) : undefined);
  return new DataSet(dataSet, path, config, damage);
}

/**
 * The data set in the bytes of a file. See {@link readDataSet}.
 *
 * @param where - the path, for errors
 * @example
 * const dataSet = parseDataSet(bytes, 'Image-1.dcm', { identifying: true });
 * dataSet.text('PatientName');
 */
export function parseDataSet(bytes: Uint8Array, where = 'a DICOM file', config: ReadDataSetConfig = {}): DataSet {
  let damage: MgmtError | undefined;
  const { dataSet } = openDataSet(unpack(bytes, where, config).bytes, where, config.allowDamaged ? (error) => (damage = error) : undefined);
  return new DataSet(dataSet, where, config, damage);
}
