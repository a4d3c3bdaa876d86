import { dirname, join, resolve } from 'node:path';
import { isMgmtError, MgmtError } from '@mgmt/core';
import { type Case, MODALITIES, type Modality, type SetAside } from './cohort.js';
import { isFolder, listed, namesIn, namesOrError } from './folder.js';
import { badId, noSeries } from './setAsideReasons.js';

/** A year's data of the BraTS challenge. */
export interface BratsRelease {
  /** `BraTS 2021` */
  readonly name: string;
  readonly caseFolder: RegExp;
  /** `BraTS2021_00042` */
  readonly example: string;
  readonly idOf: (folder: string) => string;
  /** A mask of another name than the case's, as a few cases have it. */
  readonly oddMask?: RegExp;
}

/**
 * The cases of a tree `<case>/<case>_{t1,t1ce,t2,flair,seg}.nii[.gz]`, without labels, by id. Only names are read, no image. A folder without images, one
 * that cannot be read, and one that is no case, are set aside.
 *
 * @throws `MgmtError` `cohort/no-such-folder`, `cohort/not-a-folder`, `cohort/cannot-read`, `cohort/wrong-folder` where no case is in it (with the right
 * one, where it is just above or below)
 */
export async function bratsCasesIn(root: string, release: BratsRelease): Promise<{ cases: Case[]; setAside: SetAside[] }> {
  const names = await namesIn(root);
  if (!names.some((name) => release.caseFolder.test(name))) throw await wrongFolder(root, names, release);
  const cases: Case[] = [];
  const setAside: SetAside[] = [];
  for (const name of names) {
    const folder = join(root, name);
    if (!(await isFolder(folder))) continue; // tables lie beside the cases
    if (!release.caseFolder.test(name)) {
      setAside.push({ id: name, reason: badId(folder, `a name like ${release.example}`).message });
      continue;
    }
    const id = release.idOf(name);
    const files = await namesOrError(folder);
    const images = isMgmtError(files) ? files : imagesOf(folder, name, files, release);
    if (isMgmtError(images)) setAside.push({ id, reason: images.message });
    else cases.push({ id, label: null, ...images });
  }
  return { cases, setAside };
}

const SUFFIXES: Readonly<Record<Modality, string>> = { FLAIR: 'flair', T1w: 't1', T1wCE: 't1ce', T2w: 't2' };

/** The images of a case; an error where it has none. */
function imagesOf(
  folder: string,
  name: string,
  files: readonly string[],
  { oddMask }: BratsRelease,
): Pick<Case, 'series' | 'mask'> | MgmtError {
  const called = (suffix: string) => files.find((file) => file === `${name}_${suffix}.nii.gz` || file === `${name}_${suffix}.nii`);
  const place = (file: string | undefined) => file && join(folder, file);
  const series = Object.fromEntries(
    MODALITIES.flatMap((modality) => {
      const path = place(called(SUFFIXES[modality]));
      return path ? [[modality, path]] : [];
    }),
  );
  if (Object.keys(series).length === 0)
    return noSeries(folder, `at least one of the files ${name}_{${Object.values(SUFFIXES).join(',')}}.nii.gz`);
  const mask = place(called('seg') ?? files.find((file) => oddMask?.test(file)));
  return { series, ...(mask && { mask }) };
}

async function wrongFolder(root: string, names: readonly string[], release: BratsRelease): Promise<MgmtError> {
  const near = [...names.map((name) => join(root, name)), dirname(resolve(root)), resolve(root, '../..')];
  let meant: string | undefined;
  for (const folder of near) {
    if ((await isFolder(folder)) && (await namesIn(folder).catch(() => [])).some((name) => release.caseFolder.test(name))) {
      meant = folder;
      break;
    }
  }
  return new MgmtError(`the folder holds no case of ${release.name}`, {
    code: 'cohort/wrong-folder',
    where: root,
    expected: `folders named like ${release.example}`,
    found: listed(names) || 'nothing',
    hint: meant ? `name ${meant} instead` : `name the folder that holds ${release.example}/${release.example}_flair.nii.gz …`,
  });
}
