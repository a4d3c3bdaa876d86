import { type CaseRow, type IdRule, readCaseTable } from './readCaseTable.js';

/** One row of a label file. */
export type LabelRow = Omit<CaseRow, 'site'>;

/**
 * The rows of a label file with the columns `BraTS21ID` and `MGMT_value`, in its order. Ids without their leading zeros get them back.
 *
 * It may have a byte-order mark, CRLF, quotes, empty lines, further columns, and `;` or tabs between fields, as spreadsheets leave them.
 *
 * @throws `MgmtError` `cohort/cannot-read-labels`, `cohort/bad-label-file` for something that is no such table, `cohort/bad-label-row` for an id that is
 * none, an id that stands twice, and a label other than 0, 1 and none
 * @example
 * const rows = await readLabels('data/rsna/train_labels.csv');
 * rows[0]; // { id: '00000', label: 1, line: 2 }
 */
export async function readLabels(path: string): Promise<LabelRow[]> {
  return readCaseTable(path, { id: 'BraTS21ID', label: 'MGMT_value' }, fiveDigits);
}

const fiveDigits: IdRule = {
  expected: 'one to five digits',
  idOf: (field) => (/^\d{1,5}$/.test(field) ? field.padStart(5, '0') : undefined),
};
