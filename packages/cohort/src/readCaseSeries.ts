import { MgmtError, type Volume } from '@mgmt/core';
import { readSeries } from '@mgmt/dicom-io';
import { readNifti } from '@mgmt/nifti-io';
import type { CaseFiles, Modality } from './cohort.js';

/** How a series lies on disk. */
export type SeriesFormat = 'dicom' | 'nifti';

/** NIfTI for a path that ends in `.nii`, `.hdr` or `.img`, with `.gz` or without; everything else is DICOM: a folder, or a file of many frames. */
export function seriesFormat(path: string): SeriesFormat {
  return /\.(nii|hdr|img)(\.gz)?$/i.test(path) ? 'nifti' : 'dicom';
}

/**
 * The volume of a series, whichever its format: world coordinates are LPS millimetres in both.
 *
 * @param path - a folder of DICOM files or a NIfTI file, as `Case.series` has it
 * @throws `MgmtError` those of `readSeries` or of `readNifti`
 * @example
 * await readCaseSeries('train/00042/T1wCE');
 * await readCaseSeries('BraTS2021_00042/BraTS2021_00042_t1ce.nii.gz');
 */
export async function readCaseSeries(path: string): Promise<Volume> {
  return seriesFormat(path) === 'nifti' ? readNifti(path) : (await readSeries(path)).volume;
}

/**
 * The volume of one modality of a case.
 *
 * @throws `MgmtError` `cohort/no-such-series` where the case has none, those of {@link readCaseSeries}
 * @example
 * const flair = await readCaseVolume(cohort.train[0], 'FLAIR');
 */
export async function readCaseVolume(source: Pick<CaseFiles, 'id' | 'series'>, modality: Modality): Promise<Volume> {
  const path = source.series[modality];
  if (path === undefined) throw noSuchSeries(source, modality);
  return readCaseSeries(path);
}

/** The error of a series that a case does not have. */
export const noSuchSeries = ({ id, series }: Pick<CaseFiles, 'id' | 'series'>, modality: string): MgmtError =>
  new MgmtError(`the case has no ${modality} series`, {
    code: 'cohort/no-such-series',
    where: id,
    found: Object.keys(series).join(', ') || 'none',
    hint: 'fetch the case again, or train on another modality',
  });
