import { readFile } from 'node:fs/promises';
import { MgmtError } from '@mgmt/core';
import { parse } from 'csv-parse/sync';

/** Where a table of cases says what: names of columns, in any case, and the words of its labels. */
export interface CaseTableColumns {
  readonly id: string;
  readonly label: string;
  /** Where the images were taken. No such column by default. */
  readonly site?: string;
  /** What stands for class 0, for class 1, and for a label that is not known, in any case; an empty field is never known. By default `0`, `1` and nothing. */
  readonly words?: { readonly 0: readonly string[]; readonly 1: readonly string[]; readonly unknown?: readonly string[] };
}

/** What ids look like. */
export interface IdRule {
  /** For people: `one to five digits`. */
  readonly expected: string;
  /** The id that a field means, none where it is no id. */
  readonly idOf: (field: string) => string | undefined;
}

/** One row of a table of cases. */
export interface CaseRow {
  readonly id: string;
  /** `null` where the field is empty, or says that nobody knows. */
  readonly label: 0 | 1 | null;
  readonly site?: string;
  /** Counted from 1, the header's. */
  readonly line: number;
}

/**
 * The rows of a table of cases, in its order.
 *
 * It may have a byte-order mark, CRLF, quotes, empty lines, further columns, and `;` or tabs between fields, as spreadsheets leave them.
 *
 * @throws `MgmtError` `cohort/cannot-read-labels`, `cohort/bad-label-file` for something that is no such table, `cohort/bad-label-row` with the line for
 * an id that is none, an id that stands twice, and a label that is no word of a label
 */
export async function readCaseTable(path: string, columns: CaseTableColumns, ids: IdRule): Promise<CaseRow[]> {
  const content = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new MgmtError(`the label file cannot be read (${cause.code})`, { code: 'cohort/cannot-read-labels', where: path, cause });
  });
  const [header, ...rows] = records(content.replace(/\r\n?/g, '\n'), path); // csv-parse miscounts lines where endings are mixed
  const at = placesOf(columns, header?.fields, path);
  const labelOf = labelReader(columns);
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
    const [idText = '', labelText, site] = [fields[at.id], fields[at.label], fields[at.site]];
    const id = ids.idOf(idText);
    if (id === undefined) throw bad('the id is not valid', ids.expected, JSON.stringify(idText));
    const earlier = lines.get(id);
    if (earlier !== undefined) throw bad(`the id ${id} stands twice`, 'one row for a case', `another in line ${earlier}`);
    lines.set(id, line);
    const label = labelText === undefined ? undefined : labelOf.read(labelText);
    if (label === undefined) {
      throw bad(`the label of ${id} is not valid`, labelOf.expected, labelText === undefined ? 'nothing' : JSON.stringify(labelText));
    }
    return { id, label, ...(site && { site }), line };
  });
}

function placesOf(
  columns: CaseTableColumns,
  header: readonly string[] | undefined,
  path: string,
): { id: number; label: number; site: number } {
  const names = header?.map((name) => name.toLowerCase()) ?? [];
  const place = (column: string | undefined) => (column === undefined ? -1 : names.indexOf(column.toLowerCase()));
  const wanted = [columns.id, columns.label, ...(columns.site === undefined ? [] : [columns.site])];
  if (wanted.some((column) => place(column) < 0)) {
    throw new MgmtError('this is no label file', {
      code: 'cohort/bad-label-file',
      where: path,
      expected: `a first line with the column names ${wanted.join(' and ')}`,
      found: header ? JSON.stringify(header.join(',').slice(0, 80)) : 'an empty file',
      hint: "take the table that came with the images (the competition's is train_labels.csv), or name its columns",
    });
  }
  return { id: place(columns.id), label: place(columns.label), site: place(columns.site) };
}

/** Numbers may have been made fractions: `1.0` is `1`. */
function labelReader({ words = { 0: ['0'], 1: ['1'] } }: CaseTableColumns) {
  const meanings = new Map<string, 0 | 1 | null>([
    ['', null],
    ...(words.unknown ?? []).map((word) => [word.toLowerCase(), null] as const),
    ...words[0].map((word) => [word.toLowerCase(), 0] as const),
    ...words[1].map((word) => [word.toLowerCase(), 1] as const),
  ]);
  return {
    expected: [...words[0], ...words[1], ...(words.unknown ?? [])].join(' or '),
    read: (field: string) => meanings.get(field.toLowerCase().replace(/^(\d+)\.0*$/, '$1')),
  };
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
