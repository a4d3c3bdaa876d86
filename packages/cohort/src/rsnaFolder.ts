import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { MgmtError } from '@mgmt/core';
import { MODALITIES } from './cohort.js';
import { isFolder, listed, namesIn } from './folder.js';

/**
 * Makes sure that a folder is a data set in the RSNA-MICCAI layout: that it has `train/` with a case in it, and `train_labels.csv`.
 *
 * @throws `MgmtError` `cohort/no-such-folder`, `cohort/not-a-folder`, `cohort/empty-folder`, `cohort/wrong-folder` (with the right one, where it is
 * near), `cohort/no-label-file`, `cohort/no-case`
 */
export async function checkRsnaFolder(root: string): Promise<void> {
  const names = await namesIn(root, LAYOUT);
  if (names.length === 0) throw error('empty-folder', root, 'the folder is empty', { hint: LAYOUT });
  if (!names.includes('train')) {
    const near = await dataSetNear(root);
    throw error('wrong-folder', root, sentenceFor(names), {
      expected: 'a folder with train/ in it',
      found: listed(names),
      hint: near ? `name ${near} instead` : LAYOUT,
    });
  }
  if (!names.includes(LABEL_FILE)) {
    throw error('no-label-file', root, 'the data set has no label file', {
      expected: `${LABEL_FILE} beside train/`,
      found: listed(names),
      hint: `put the competition's ${LABEL_FILE} there: two columns, BraTS21ID and MGMT_value`,
    });
  }
  const cases = await namesIn(join(root, 'train'));
  if (!cases.some(isCaseId)) {
    throw error('no-case', join(root, 'train'), 'the folder holds no case', {
      expected: 'folders named by five digits, like 00042',
      found: cases.length > 0 ? listed(cases) : 'nothing',
      hint: LAYOUT,
    });
  }
}

export const LABEL_FILE = 'train_labels.csv';

/** True for five digits. */
export const isCaseId = (name: string): boolean => /^\d{5}$/.test(name);

/** The folder meant, where it is up to three levels above or one below. */
async function dataSetNear(root: string): Promise<string | undefined> {
  const above = [1, 2, 3].map((levels) => resolve(root, ...Array.from({ length: levels }, () => '..')));
  const below = (await namesIn(root)).map((name) => join(root, name));
  for (const folder of [...below, ...above]) {
    if (
      folder !== dirname(folder) &&
      (await isFolder(join(folder, 'train'))) &&
      (await stat(join(folder, LABEL_FILE)).catch(() => undefined))
    ) {
      return folder;
    }
  }
  return undefined;
}

function sentenceFor(names: readonly string[]): string {
  if (names.some((name) => (MODALITIES as readonly string[]).includes(name))) return 'this is the folder of one case, not of a data set';
  if (names.some(isCaseId)) return 'this is a folder of cases, without the data set around them';
  if (names.some((name) => /\.(dcm|ima)$/i.test(name))) return 'this is the folder of one series, not of a data set';
  return 'this is no data set in the RSNA-MICCAI layout';
}

const LAYOUT = 'name the folder that holds train/00000/T1wCE/Image-1.dcm …, train_labels.csv and, where you have it, test/';

const error = (code: string, where: string, sentence: string, rest: { expected?: string; found?: string; hint?: string }) =>
  new MgmtError(sentence, { code: `cohort/${code}`, where, ...rest });
