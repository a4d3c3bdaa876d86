import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MgmtError, rng, stableJson } from '@mgmt/core';
import { cannotWrite, writeFileAtomic } from '@mgmt/core/files';
import { deriveUid, writeSeries } from '@mgmt/dicom-io';
import { writeNifti } from '@mgmt/nifti-io';
import { phantomCase, phantomId } from './phantomCase.js';
import { type PhantomConfig, recordedConfig } from './phantomConfig.js';
import { phantomLabel, type PhantomSet } from './phantomLabel.js';
import { manifestFits, PHANTOM_VERSION, readPhantomManifest, writePhantomManifest } from './phantomManifest.js';

/** How far the writing of a phantom cohort has come. */
export interface PhantomProgress {
  /** Cases whose files are all there, those of an earlier start included. */
  readonly done: number;
  readonly total: number;
}

/** What writing a phantom cohort may be told beside its config. */
export interface WritePhantomOptions {
  /** Called after each case. */
  readonly onProgress?: (progress: PhantomProgress) => void;
}

/**
 * Writes a phantom cohort in the layout of the RSNA-MICCAI data: `train/00000/T1wCE/Image-7.dcm`, `test/…` without labels, `train_labels.csv`, and for
 * each training case `masks/BraTS2021_00000_seg.nii.gz`. As there, numbers in file names are not the order of slices, series lie in different planes
 * and differ in slices, and masks lie on a grid of their own.
 *
 * One case is in memory at a time. A complete folder of the same config is left alone, an interrupted one is gone on with, case by case.
 *
 * @param folder - made where it is missing
 * @param config - made by `phantomConfig`
 * @param options - a listener for progress
 * @throws `MgmtError` `cohort/phantom-differs` for a folder with a phantom of another config or version, `cohort/not-a-phantom` for one with other files
 * @example
 * await writePhantomCohort('data/phantom', phantomConfig({ cases: 40, signal: 1 }));
 */
export async function writePhantomCohort(folder: string, config: PhantomConfig, { onProgress }: WritePhantomOptions = {}): Promise<void> {
  const total = config.cases + config.testCases;
  if (await claim(folder, config)) return onProgress?.({ done: total, total });
  for (let done = 0; done < total; done++) {
    if (done < config.cases) await writeCase(folder, config, 'train', done);
    else await writeCase(folder, config, 'test', done - config.cases);
    onProgress?.({ done: done + 1, total });
  }
  const rows = Array.from({ length: config.cases }, (_, i) => `${phantomId('train', i)},${phantomLabel(config, 'train', i)}\n`);
  await writeFileAtomic(join(folder, 'train_labels.csv'), 'BraTS21ID,MGMT_value\n' + rows.join(''));
  await writePhantomManifest(folder, config, true);
}

/** Makes sure that the folder is this phantom's or nobody's. True where nothing is left to do. */
async function claim(folder: string, config: PhantomConfig): Promise<boolean> {
  const manifest = await readPhantomManifest(folder);
  if (manifest && !manifestFits(manifest, config)) {
    throw new MgmtError('the folder holds a phantom cohort made otherwise', {
      code: 'cohort/phantom-differs',
      where: folder,
      expected: `version ${PHANTOM_VERSION}, ${JSON.stringify(config)}`,
      found: `version ${manifest.version}, ${JSON.stringify(manifest.config)}`,
      hint: 'name another folder, or remove this one',
    });
  }
  if (manifest) return manifest.complete;
  const strangers = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw cannotWrite(folder, error);
  });
  if (strangers.length > 0) {
    throw new MgmtError('the folder holds files that are no phantom cohort', {
      code: 'cohort/not-a-phantom',
      where: folder,
      expected: 'an empty folder or none',
      found: strangers.slice(0, 3).join(', ') + (strangers.length > 3 ? `, and ${strangers.length - 3} more` : ''),
      hint: 'name a folder for the phantom alone, so that no real data can be overwritten',
    });
  }
  await writePhantomManifest(folder, config, false);
  return false;
}

/** Writes one case beside its place and moves it there when it is whole, so that a folder of its name is always complete. */
async function writeCase(folder: string, config: PhantomConfig, set: PhantomSet, index: number): Promise<void> {
  const id = phantomId(set, index);
  const place = join(folder, set, id);
  if (await stat(place).catch(() => undefined)) return;
  const partial = join(folder, set, `.${id}.partial`);
  await rm(partial, { recursive: true, force: true });
  const { mask, render } = phantomCase(config, index, set);
  const studyUid = deriveUid('phantom', PHANTOM_VERSION, stableJson({ ...recordedConfig(config), cases: 0, testCases: 0 }), set, index);
  for (const modality of config.modalities) {
    const series = render(modality);
    const numbers = rng(config.seed)
      .child('phantom file names')
      .child(set)
      .child(index)
      .child(modality)
      .shuffle(Array.from({ length: series.shape[0] }, (_, k) => k + 1));
    await writeSeries(join(partial, modality), series, {
      patientId: id,
      seriesDescription: modality,
      manufacturer: 'phantom',
      studyUid,
      fileName: (k) => `Image-${numbers[k]}.dcm`,
    });
  }
  if (set === 'train') await writeNifti(join(folder, 'masks', `BraTS2021_${id}_seg.nii.gz`), mask);
  await rename(partial, place);
}
