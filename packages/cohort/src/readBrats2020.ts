import { basename, resolve } from 'node:path';
import { bratsCasesIn, type BratsRelease } from './bratsFolder.js';
import type { UnlabeledCohort } from './cohort.js';

/**
 * The cases of a BraTS 2020 tree, `BraTS20_Training_001/BraTS20_Training_001_{t1,t1ce,t2,flair,seg}.nii[.gz]`: 369 of them, for pretraining. Only names are
 * read here, no image. Ids are the folders' names, for these numbers are not those of BraTS 2021, though some of the patients are.
 *
 * @throws `MgmtError` `cohort/no-such-folder`, `cohort/not-a-folder`, `cohort/cannot-read`, `cohort/wrong-folder`
 * @example
 * const { cases } = await readBrats2020('data/MICCAI_BraTS2020_TrainingData');
 * cases[0].id; // BraTS20_Training_001
 */
export async function readBrats2020(root: string): Promise<UnlabeledCohort> {
  return { root, description: `folder "${basename(resolve(root))}" in the BraTS 2020 layout`, ...(await bratsCasesIn(root, release)) };
}

const release: BratsRelease = {
  name: 'BraTS 2020',
  caseFolder: /^BraTS20_(Training|Validation)_\d{3}$/,
  example: 'BraTS20_Training_001',
  idOf: (folder) => folder,
  oddMask: /_Segm\.nii(\.gz)?$/i, // case 355 was published with W39_1998.09.19_Segm.nii
};
