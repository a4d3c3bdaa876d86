import { createHash } from 'node:crypto';
import { readImage, scanSeries } from '@mgmt/dicom-io';
import { readNifti } from '@mgmt/nifti-io';
import { seriesFormat } from '../readCaseSeries.js';
import { isDark, printOf } from './inspectedImage.js';

/**
 * A mark of all voxels of a series: equal for equal voxels in the same order, wherever they lie.
 *
 * @throws `MgmtError` those of `scanSeries`, `readImage`, `readNifti`
 */
export async function wholePrint(path: string): Promise<string> {
  if (seriesFormat(path) === 'nifti') {
    const { data, shape } = await readNifti(path);
    return printOf(data, shape);
  }
  const { series } = await scanSeries(path);
  return (await printOfFiles(series.flatMap(({ files }) => files))).print;
}

/**
 * A mark of the voxels of DICOM files, read one after the other, since a series may take more memory than there is.
 *
 * @param files - in slice order; one of many frames may stand many times
 * @returns `dark`: whether all voxels are the same
 * @throws `MgmtError` those of `readImage`
 */
export async function printOfFiles(files: readonly string[]): Promise<{ readonly print: string; readonly dark: boolean }> {
  const hash = createHash('sha256');
  const values = new Set<number>();
  let dark = true;
  for (const file of new Set(files)) {
    const { data, shape } = await readImage(file);
    hash.update(printOf(data, shape));
    dark &&= isDark(data) && values.add(data[0]!).size === 1;
  }
  return { print: hash.digest('hex').slice(0, 32), dark };
}
