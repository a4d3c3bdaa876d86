import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rng, type Volume, volume } from '@mgmt/core';
import { deriveUid, writeSeries, type WriteSeriesConfig } from '@mgmt/dicom-io';
import { writeNifti } from '@mgmt/nifti-io';
import { emptyFolder, write } from '../folders.js';

/** Noise of five slices, different for every seed. */
export function noise(...seed: readonly (string | number)[]): Volume<Int16Array> {
  const random = rng(seed.join(' '));
  return volume(
    Int16Array.from({ length: 60 }, () => random.integer(1, 999)),
    [5, 4, 3],
  );
}

/** A mask of these labels, then background. */
export const maskOf = (...labels: readonly number[]): Volume<Uint8Array> =>
  volume(
    Uint8Array.from({ length: 60 }, (_, i) => labels[i] ?? 0),
    [5, 4, 3],
  );

/** A cohort in the RSNA-MICCAI layout of good cases, each with FLAIR, T1wCE and a mask, of which a test may spoil some. */
export interface SpoilableCohort {
  readonly root: string;
  series(id: string, modality: 'FLAIR' | 'T1wCE'): string;
  mask(id: string): string;
  /** Writes a series anew. */
  rewrite(id: string, modality: 'FLAIR' | 'T1wCE', head: Volume<Int16Array>, config?: Partial<WriteSeriesConfig>): Promise<void>;
}

/** Cases of these ids; class 1 where the id is odd. */
export async function goodCohort(ids: readonly string[]): Promise<SpoilableCohort> {
  const root = await emptyFolder();
  const cohort: SpoilableCohort = {
    root,
    series: (id, modality) => join(root, 'train', id, modality),
    mask: (id) => join(root, 'masks', `BraTS2021_${id}_seg.nii.gz`),
    async rewrite(id, modality, head, config = {}) {
      await rm(cohort.series(id, modality), { recursive: true, force: true });
      const manufacturer = Number(id) % 2 ? 'SIEMENS' : 'GE MEDICAL SYSTEMS';
      await writeSeries(cohort.series(id, modality), head, { patientId: id, seriesDescription: modality, manufacturer, ...config });
    },
  };
  for (const id of ids) {
    await cohort.rewrite(id, 'FLAIR', noise(id, 'FLAIR'));
    await cohort.rewrite(id, 'T1wCE', noise(id, 'T1wCE'));
    await writeNifti(cohort.mask(id), maskOf(1, 2, 4));
  }
  await write(root, { 'train_labels.csv': 'BraTS21ID,MGMT_value\n' + ids.map((id) => `${id},${Number(id) % 2}\n`).join('') });
  return cohort;
}

/** Everything that can be wrong with a case, by the finding that it should give. */
export const SPOILS: Readonly<Record<string, readonly [code: string, (cohort: SpoilableCohort, id: string) => Promise<unknown>]>> = {
  'a series that is missing': ['no-series', ({ series }, id) => rm(series(id, 'FLAIR'), { recursive: true })],
  'an empty folder': [
    'no-image',
    async ({ series }, id) => {
      await rm(series(id, 'FLAIR'), { recursive: true });
      await mkdir(series(id, 'FLAIR'));
    },
  ],
  'a mask that is missing': ['no-mask', ({ mask }, id) => rm(mask(id))],
  'a header that is cut short': ['cannot-read', ({ series }, id) => truncate(join(series(id, 'FLAIR'), 'Image-2.dcm'), 400)],
  'pixels that are cut short': [
    'cannot-read',
    async ({ series }, id) => {
      const path = join(series(id, 'FLAIR'), 'Image-3.dcm'); // in the middle
      await truncate(path, (await readFile(path)).length - 4);
    },
  ],
  'a mask that is cut short': ['cannot-read', async ({ mask }, id) => writeFile(mask(id), (await readFile(mask(id))).subarray(0, -12))],
  'two volumes in one folder': [
    'several-volumes',
    ({ series }, id) =>
      writeSeries(series(id, 'FLAIR'), noise('second'), { patientId: id, seriesDescription: 'other', fileName: (k) => `second-${k}.dcm` }),
  ],
  'a slice that is missing': ['irregular-slices', ({ series }, id) => rm(join(series(id, 'FLAIR'), 'Image-2.dcm'))],
  'another frame of reference': [
    'other-frame-of-reference',
    ({ rewrite }, id) => rewrite(id, 'T1wCE', noise(id, 'T1wCE'), { frameOfReferenceUid: '1.2.3' }),
  ],
  'the files of another patient': [
    'other-patient',
    ({ rewrite }, id) => rewrite(id, 'T1wCE', noise(id, 'T1wCE'), { patientId: 'DOE^JANE', studyUid: deriveUid('study', id) }),
  ],
  'a dark series': ['dark', ({ rewrite }, id) => rewrite(id, 'FLAIR', volume(new Int16Array(60), [5, 4, 3]))],
  'a label of another year': ['bad-mask-label', ({ mask }, id) => writeNifti(mask(id), maskOf(1, 2, 3))],
  'a mask without tumor': ['empty-mask', ({ mask }, id) => writeNifti(mask(id), maskOf())],
  'the images of another case': ['same-image', ({ rewrite }, id) => rewrite(id, 'FLAIR', noise('00000', 'FLAIR'))],
};
