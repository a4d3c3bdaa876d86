import { csvDataUri } from '../csv.js';
import { formatNumber, type Cell, type Column, type DataTable } from '../dataTable.js';
import { escapeText } from '../escape.js';
import { intervalText, type ComparisonRow, type ComparisonTable, type TableBlock, type Verdict } from './page.js';
import { comparisonAsTable, tableName } from './pageTables.js';

/** A captioned table that scrolls sideways, by keyboard too, where it is wider than the page. */
export function renderTable({ caption, columns, rows, empty = 'None.' }: TableBlock, number: number): string {
  const numeric = columns.map((_, i) => rows.length > 0 && rows.every((row) => typeof row[i] !== 'string'));
  const head = columns.map(({ name }, i) => `<th scope="col"${numeric[i] ? ' class="number"' : ''}>${escapeText(name)}</th>`);
  const body = rows.map((row) => `<tr>${row.map((cell, i) => renderCell(cell, columns[i], i === 0, numeric[i] ?? false)).join('')}</tr>`);
  if (rows.length === 0) return frame(number, caption, `<p class="empty">${escapeText(empty)}</p>`);
  return frame(number, caption, scrolled(number, head, body), download(number, { columns, rows }));
}

/** The paper's results beside ours, the verdict by sign and word. */
export function renderComparison(comparison: ComparisonTable, number: number): string {
  const { caption, rule, rows, digits = 2 } = comparison;
  const head = ['Result', 'Paper', 'Ours', '95 % interval', 'Verdict', 'Why'].map(
    (name, i) => `<th scope="col"${i > 0 && i < 4 ? ' class="number"' : ''}>${name}</th>`,
  );
  const body = rows.map(({ name, anchor, paper = null, ours, interval, verdict, reason }) => {
    const numbers = [renderCell(paper, { name: 'Paper', digits }, false, true), renderCell(ours, { name: 'Ours', digits }, false, true)];
    return `<tr><th scope="row">${renderName({ name, anchor })}</th>${numbers.join('')}<td class="number">${interval ? intervalText(interval, digits) : '–'}</td><td class="verdict">${renderVerdict(verdict)}</td><td class="reason">${escapeText(reason)}</td></tr>`;
  });
  const after = `<p class="rule">${escapeText(rule)}</p>${download(number, comparisonAsTable(comparison))}`;
  return frame(number, caption, scrolled(number, head, body), after);
}

function renderName({ name, anchor }: Pick<ComparisonRow, 'name' | 'anchor'>): string {
  return anchor === undefined ? escapeText(name) : `<a href="#${escapeText(anchor)}">${escapeText(name)}</a>`;
}

const SIGNS: Record<Verdict, readonly [sign: string, style: string]> = {
  agrees: ['●', 'agrees'],
  differs: ['▲', 'differs'],
  'cannot tell': ['○', 'open'],
};

function renderVerdict(verdict: Verdict): string {
  const [sign, style] = SIGNS[verdict];
  return `<span class="${style}"><span aria-hidden="true">${sign}</span> ${verdict}</span>`;
}

function renderCell(cell: Cell, column: Column | undefined, first: boolean, number: boolean): string {
  const text = cell === null ? '–' : typeof cell === 'number' ? formatNumber(cell, column?.digits) : escapeText(cell);
  if (first) return `<th scope="row"${number ? ' class="number"' : ''}>${text}</th>`;
  return `<td${number ? ' class="number"' : ''}>${text}</td>`;
}

const scrolled = (number: number, head: readonly string[], body: readonly string[]) =>
  `<div class="scroll" role="group" tabindex="0" aria-labelledby="${tableName(number)}"><table aria-labelledby="${tableName(number)}"><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;

const frame = (number: number, caption: string, content: string, after = '') =>
  `<figure class="table"><figcaption id="${tableName(number)}"><strong>Table ${number}</strong> ${escapeText(caption)}</figcaption>${content}${after}</figure>`;

const download = (number: number, table: DataTable) =>
  `<a class="download" download="${tableName(number)}.csv" href="${csvDataUri(table)}">Data of table ${number} (CSV)</a>`;
