import { readFile } from 'node:fs/promises';
import { MgmtError } from '@mgmt/core';
import { parse } from 'csv-parse/sync';

/** One row of a label file. */
export interface LabelRow {
  readonly id: string;
  /** `null` where the field is empty. */
  readonly label: 0 | 1 | null;
  /** Counted from 1, the header's. */
  readonly line: number;
}

/**
 * The rows of a label file with the columns `BraTS21ID` and `MGMT_value`, in its order. Ids without their leading zeros get them back.
 *
 * It may have a byte-order mark, CRLF, quotes, empty lines, further columns, and `;` or tabs between fields, as spreadsheets leave them.
 *
 * @throws `MgmtError` `cohort/cannot-read-labels`, `cohort/bad-label-file` for something that is no such table, `cohort/bad-label-row` for an id that is
 * none, an id that stands twice, and a label other than 0, 1 and none
 */
export async function readLabels(path: string): Promise<LabelRow[]> {
  const content = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new MgmtError(`the label file cannot be read (${cause.code})`, { code: 'cohort/cannot-read-labels', where: path, cause });
  });
  const [header, ...rows] = records(content.replace(/\r\n?/g, '\n'), path); // csv-parse miscounts lines where endings are mixed
  const names = header?.fields.map((name) => name.toLowerCase()) ?? [];
  const [idColumn, labelColumn] = [names.indexOf('brats21id'), names.indexOf('mgmt_value')];
  if (idColumn < 0 || labelColumn < 0) {
    throw new MgmtError('this is no label file', {
      code: 'cohort/bad-label-file',
      where: path,
      expected: 'a first line with the column names BraTS21ID and MGMT_value',
      found: header ? JSON.stringify(header.fields.join(',').slice(0, 80)) : 'an empty file',
      hint: "take the competition's train_labels.csv",
    });
  }
  const lines = new Map<string, number>();
  return rows.map(({ fields, line }) => {
    const bad = (sentence: string, expected: string, found: string) =>
      new MgmtError(sentence, {
        code: 'cohort/bad-label-row',
        where: `${path}, line ${line}`,
        expected,
        found,
        hint: 'correct the row, or delete it to leave the case out',
      });
    const [idText = '', labelText] = [fields[idColumn], fields[labelColumn]];
    if (!/^\d{1,5}$/.test(idText)) throw bad('the id is not valid', 'one to five digits', JSON.stringify(idText));
    const id = idText.padStart(5, '0');
    const earlier = lines.get(id);
    if (earlier !== undefined) throw bad(`the id ${id} stands twice`, 'one row for a case', `another in line ${earlier}`);
    lines.set(id, line);
    if (labelText === '') return { id, label: null, line };
    if (labelText === undefined || !/^[01](\.0*)?$/.test(labelText)) {
      throw bad(`the label of ${id} is not valid`, '0 or 1', labelText === undefined ? 'nothing' : JSON.stringify(labelText));
    }
    return { id, label: labelText.startsWith('1') ? 1 : 0, line };
  });
}

function records(content: string, path: string): { fields: string[]; line: number }[] {
  try {
    const options = {
      bom: true,
      info: true,
      delimiter: delimiterOf(content),
      relax_column_count: true,
      trim: true,
      skip_empty_lines: true,
    } as const;
    const parsed = parse(content, options) as unknown as { record: string[]; info: { lines: number } }[];
    return parsed.map(({ record, info }) => ({ fields: record, line: info.lines }));
  } catch (cause) {
    throw new MgmtError('this is no table of comma-separated values', {
      code: 'cohort/bad-label-file',
      where: path,
      found: (cause as Error).message,
      hint: 'look for a quote that is opened and not closed',
      cause,
    });
  }
}

/** The one that the first line has most of. */
function delimiterOf(content: string): string {
  const [first = ''] = content.split('\n', 1);
  const count = (delimiter: string) => first.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}
