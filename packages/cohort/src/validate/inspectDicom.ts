import { orientationOf, spacingMm } from '@mgmt/core';
import { readImage, scanSeries, type SeriesIndex, type SeriesScan } from '@mgmt/dicom-io';
import type { Modality } from '../cohort.js';
import type { Finding } from './cohortReport.js';
import { cannotRead, finding, type InspectedImage, isDark, printOf, rounded } from './inspectedImage.js';
import { vendorOf } from './vendor.js';
import { printOfFiles } from './wholePrint.js';
import { fileLabel } from './withoutPaths.js';

/** Reads every header of a series, and the pixels of the slice in its middle. */
export async function inspectDicom(folder: string, of: Modality): Promise<InspectedImage> {
  const { series, skipped } = await scanSeries(folder, { identifying: true });
  const largest = series.reduce<SeriesIndex | undefined>((best, one) => (best && best.shape[0] >= one.shape[0] ? best : one), undefined);
  const broken = skipped.filter(({ error }) => error);
  const findings = brokenFiles(series, skipped, of);
  if (!largest) {
    if (broken.length === 0) findings.push(finding('no-image', of, `the folder holds no image, and ${skipped.length} other files`));
    return { findings, common: {} };
  }
  if (series.length > 1) {
    findings.push(finding('several-volumes', of, `${series.length} volumes: ${series.map(({ shape }) => shape.join(' x ')).join(', ')}`));
  } else if (largest.irregularities.length > 0 && broken.length === 0) {
    // a file that cannot be read leaves a gap, which need not be told again
    findings.push(finding('irregular-slices', of, largest.irregularities.join('; ')));
  }
  const { header, shape, affine } = largest;
  if (!header.photometric.startsWith('MONOCHROME')) findings.push(finding('not-gray', of, 'the images are in color'));
  const pixels = await middlePixels(largest, of);
  findings.push(...pixels.findings);
  return {
    facts: {
      format: 'dicom',
      files: new Set(series.flatMap(({ files }) => files)).size,
      otherFiles: skipped.length - broken.length,
      shape,
      spacingMm: rounded(spacingMm(affine)),
      orientation: orientationOf(affine),
      vendor: vendorOf(header.manufacturer),
    },
    findings,
    common: { frameOfReference: header.identifying?.frameOfReferenceUid, patient: header.identifying?.patientId },
    ...(pixels.print && { print: pixels.print }),
  };
}

/** One finding an error's code, with the files that have it. */
function brokenFiles(series: SeriesScan['series'], skipped: SeriesScan['skipped'], of: Modality): Finding[] {
  const broken = skipped.flatMap(({ path, error }) => (error ? [{ path, error }] : []));
  if (broken.length === 0) return [];
  const all = [...series.flatMap(({ files }) => files), ...skipped.map(({ path }) => path)].sort();
  return [...new Set(broken.map(({ error }) => error.code))].map((code) => {
    const paths = broken.filter(({ error }) => error.code === code).map(({ path }) => fileLabel(path, all));
    const { sentence } = broken.find(({ error }) => error.code === code)!.error;
    const some = paths.slice(0, 3).join(', ') + (paths.length > 3 ? `, and ${paths.length - 3} more` : '');
    return finding('cannot-read', of, `${code}: ${sentence} (${paths.length} of ${all.length} files: ${some})`);
  });
}

/** A middle slice of one value may be that of a dark series, and tells series apart in no case: then all slices are asked. */
async function middlePixels({ files, shape }: SeriesIndex, of: Modality): Promise<{ findings: Finding[]; print?: string }> {
  try {
    const { data, shape: extents } = await readImage(files[shape[0] >> 1]!);
    if (!isDark(data)) return { findings: [], print: printOf(data, extents) };
    const { print, dark } = await printOfFiles(files);
    return dark ? { findings: [finding('dark', of, `all voxels are ${data[0]}`)] } : { findings: [], print };
  } catch (error) {
    return { findings: [cannotRead(of, error)] };
  }
}
