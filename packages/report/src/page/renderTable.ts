import { formatNumber, type Cell, type Column } from '../dataTable.js';
import { escapeText } from '../escape.js';
import { intervalText, type ComparisonTable, type TableBlock, type Verdict } from './page.js';

/** A captioned table that scrolls sideways, by keyboard too, where it is wider than the page. */
export function renderTable({ caption, columns, rows, empty = 'None.' }: TableBlock, number: number): string {
  const numeric = columns.map((_, i) => rows.length > 0 && rows.every((row) => typeof row[i] !== 'string'));
  const head = columns.map(({ name }, i) => `<th scope="col"${numeric[i] ? ' class="number"' : ''}>${escapeText(name)}</th>`);
  const body = rows.map((row) => `<tr>${row.map((cell, i) => renderCell(cell, columns[i], i === 0, numeric[i] ?? false)).join('')}</tr>`);
  return frame(number, caption, rows.length === 0 ? `<p class="empty">${escapeText(empty)}</p>` : table(number, head, body));
}

/** The paper's results beside ours, the verdict by sign and word. */
export function renderComparison({ caption, rule, rows, digits = 2 }: ComparisonTable, number: number): string {
  const head = ['Result', 'Paper', 'Ours', '95 % interval', 'Verdict', 'Why'].map(
    (name, i) => `<th scope="col"${i > 0 && i < 4 ? ' class="number"' : ''}>${name}</th>`,
  );
  const body = rows.map(({ name, paper = null, ours, interval, verdict, reason }) => {
    const numbers = [renderCell(paper, { name: 'Paper', digits }, false, true), renderCell(ours, { name: 'Ours', digits }, false, true)];
    return `<tr><th scope="row">${escapeText(name)}</th>${numbers.join('')}<td class="number">${interval ? intervalText(interval, digits) : '–'}</td><td class="verdict">${renderVerdict(verdict)}</td><td class="reason">${escapeText(reason)}</td></tr>`;
  });
  return frame(number, caption, `${table(number, head, body)}`, `<p class="rule">${escapeText(rule)}</p>`);
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

const table = (number: number, head: readonly string[], body: readonly string[]) =>
  `<div class="scroll" role="group" tabindex="0" aria-labelledby="table-${number}"><table aria-labelledby="table-${number}"><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;

const frame = (number: number, caption: string, content: string, after = '') =>
  `<figure class="table"><figcaption id="table-${number}"><strong>Table ${number}</strong> ${escapeText(caption)}</figcaption>${content}${after}</figure>`;
