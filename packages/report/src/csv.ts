import type { Cell, DataTable } from './dataTable.js';

/**
 * A table as comma-separated values (RFC 4180: CRLF, quotes doubled).
 *
 * @remarks A text that a spreadsheet would take for a formula (`=`, `+`, `-`, `@`, tab at its start) is led by an apostrophe; numbers are left alone.
 */
export function tableToCsv({ columns, rows }: DataTable): string {
  return [columns.map(({ name }) => name), ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n') + '\r\n';
}

/** The same as a `data:` URI, to be put behind a link: no file and no server is needed. */
export function csvDataUri(table: DataTable): string {
  return `data:text/csv;charset=utf-8;base64,${toBase64(new TextEncoder().encode(tableToCsv(table)))}`;
}

/** Base64 (RFC 4648) in Node and in browsers alike. */
export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += CHUNK) parts.push(String.fromCharCode(...bytes.subarray(i, i + CHUNK)));
  return btoa(parts.join(''));
}

const CHUNK = 8192; // arguments of one call: engines limit them to some 65,000

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
