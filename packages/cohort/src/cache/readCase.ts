import { MgmtError, type Volume } from '@mgmt/core';
import { readSeries } from '@mgmt/dicom-io';
import { readNifti } from '@mgmt/nifti-io';
import type { CasePipeline, CaseVolumes } from '@mgmt/preprocess';
import { type CaseFiles, type Modality, MODALITIES } from '../cohort.js';
import { noSuchSeries, seriesFormat } from '../readCaseSeries.js';
import { readMask } from '../readMask.js';
import type { EntrySource } from './cacheEntry.js';
import type { ReadingMemory } from './readingMemory.js';
import { seriesFingerprint } from './seriesFingerprint.js';

/** What of a case a pipeline takes. */
export type CaseInput = Pick<CaseFiles, 'id' | 'series' | 'mask'>;

/**
 * The files that a pipeline takes of a case, by what is to be seen of them from outside.
 *
 * @throws `MgmtError` `cohort/no-such-series`, `cohort/cannot-read-series`
 */
export async function sourceOf(source: CaseInput, pipeline: CasePipeline): Promise<EntrySource> {
  const paths = [...modalitiesOf(source, pipeline), ...(maskTakesPart(source, pipeline) ? (['mask'] as const) : [])];
  const marks = await Promise.all(paths.map((name) => seriesFingerprint(name === 'mask' ? source.mask! : source.series[name]!)));
  return {
    id: source.id,
    fingerprints: Object.fromEntries(paths.map((name, i) => [name, marks[i]!.hash])),
    files: marks.reduce((sum, { files }) => sum + files, 0),
    sizeBytes: marks.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
}

/**
 * Reads what a pipeline takes of a case.
 *
 * @param memory - for the series' voxels
 * @throws `MgmtError` `cohort/dark-series`, those of `readSeries`, `readNifti` and `readMask`
 */
export async function readCase(source: CaseInput, pipeline: CasePipeline, memory?: ReadingMemory): Promise<CaseVolumes> {
  const volumes: Record<string, Volume> = {};
  const frames: Record<string, string | undefined> = {};
  for (const modality of modalitiesOf(source, pipeline)) {
    const path = source.series[modality]!;
    if (seriesFormat(path) === 'nifti') volumes[modality] = lit(await readNifti(path), path);
    else {
      const { volume, header } = await readSeries(path, { identifying: true, ...(memory && { out: memory.of(modality) }) }); // the frame of reference is an identifier: it goes no further
      volumes[modality] = lit(volume, path);
      frames[modality] = header.identifying?.frameOfReferenceUid;
    }
  }
  return { volumes, frames, ...(maskTakesPart(source, pipeline) && { mask: await readMask(source) }) };
}

function modalitiesOf(source: CaseInput, { inputs, onto }: CasePipeline): Modality[] {
  const names = new Set([...inputs.flat(), ...(onto ? [onto] : [])]);
  return [...names].map((name) => {
    const modality = MODALITIES.find((known) => known === name);
    if (modality === undefined || source.series[modality] === undefined) throw noSuchSeries(source, name);
    return modality;
  });
}

/** Where a pipeline may look at a mask, one that is there takes part. */
const maskTakesPart = ({ mask }: CaseInput, { steps, layout }: CasePipeline) =>
  mask !== undefined &&
  (steps.some(({ step }) => step === 'cropToTumor') ||
    (layout.as === 'slices' && (layout.keep.by === 'mask' || layout.keep.by === 'tumor')));

function lit(volume: Volume, where: string): Volume {
  const { data } = volume;
  let same = 1;
  while (same < data.length && data[same] === data[0]) same++;
  if (same < data.length) return volume;
  throw new MgmtError('the series is dark', {
    code: 'cohort/dark-series',
    where,
    expected: 'voxels of different values',
    found: `${data[0]} in all ${volume.shape.join(' x ')}`,
    hint: 'some series of the RSNA-MICCAI data are so: nothing is to be done but to leave the case out',
  });
}
