/** A cell: `null` is a value that is not there. */
export type Cell = string | number | null;

/** A column's heading, and how its numbers are written on a page (in a CSV they keep their digits). */
export interface Column {
  readonly name: string;
  /** Digits after the point. Default: the number as JavaScript writes it. */
  readonly digits?: number;
}

/** Rows of cells under named columns; every row has as many cells as there are columns. */
export interface DataTable {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Columns from their names alone. */
export function columns(...names: string[]): Column[] {
  return names.map((name) => ({ name }));
}

/** A number as a page shows it: a fixed count of digits and a true minus sign; `–` where there is none. */
export function formatNumber(value: number, digits?: number): string {
  if (!Number.isFinite(value)) return '–';
  return (digits === undefined ? String(value) : value.toFixed(digits)).replace('-', '−');
}
