import { join } from 'node:path';
import { MgmtError } from '@mgmt/core';
import { EXCLUDED_IDS } from './excludedIds.js';

/** The case is listed as one to leave out. */
export const excluded = (id: string): MgmtError =>
  new MgmtError(`excluded by its id${EXCLUDED_IDS[id] ? `: ${EXCLUDED_IDS[id]}` : ''}`, { code: 'cohort/excluded' });

/** @param line - of the case's row, whose field is empty; none where it has no row */
export const noLabel = (where: string, labelFile: string, line?: number): MgmtError =>
  new MgmtError('the case has no label', {
    code: 'cohort/no-label',
    where,
    expected: `a row with 0 or 1 in ${labelFile}`,
    found: line === undefined ? 'no row' : `an empty field in line ${line}`,
    hint: 'add it',
  });

/** @param expected - the folder that the row tells of */
export const noCaseFolder = (labelFile: string, line: number, expected: string): MgmtError =>
  new MgmtError('the label belongs to no case', {
    code: 'cohort/no-case-folder',
    where: `${labelFile}, line ${line}`,
    expected: `a folder ${expected}`,
    hint: 'fetch the case again, or delete the row',
  });

/** @param expected - what a series would be called */
export const noSeries = (where: string, expected: string): MgmtError =>
  new MgmtError('the case has no series', { code: 'cohort/no-series', where, expected, hint: 'fetch the case again' });

export const badId = (where: string, expected: string): MgmtError =>
  new MgmtError('the name of the folder is no id', { code: 'cohort/bad-id', where, expected, hint: 'rename or remove it' });

export const alsoInTrain = (root: string, id: string): MgmtError =>
  new MgmtError('a case of this id is in train/ too', {
    code: 'cohort/case-in-both-sets',
    where: join(root, 'test', id),
    expected: 'each patient in one set',
    hint: 'remove one of the two',
  });
