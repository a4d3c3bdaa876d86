import type { DataTable } from '../dataTable.js';
import type { Figure } from '../figure.js';
import { intervalText, type Block, type ComparisonTable, type Page } from './page.js';

/** A table of a page under the name that its CSV has: a figure's id, or `table-3` as the page numbers it. */
export interface NamedTable {
  readonly name: string;
  readonly table: DataTable;
}

/** Every figure of a page in the order of reading, those that are folded away too. */
export const pageFigures = (page: Page): Figure[] => flatBlocks(page).flatMap(figuresOfBlock);

/** What every figure and table of a page holds, in the order of reading: a CSV each (`tableToCsv`). */
export function pageTables(page: Page): NamedTable[] {
  let count = 0;
  return flatBlocks(page).flatMap((block): NamedTable[] => {
    if (block.kind === 'table') return [{ name: tableName(++count), table: block }];
    if (block.kind === 'comparison') return [{ name: tableName(++count), table: comparisonAsTable(block) }];
    return figuresOfBlock(block).map(({ id, table }) => ({ name: id, table }));
  });
}

/** The anchor of a table, and the name of its CSV. */
export const tableName = (number: number): string => `table-${number}`;

/** The comparison as any other table: rows in order, verdict and reason as text. */
export function comparisonAsTable({ rows, digits = 2 }: ComparisonTable): DataTable {
  return {
    columns: [
      { name: 'Result' },
      { name: 'Paper', digits },
      { name: 'Ours', digits },
      { name: '95 % interval' },
      { name: 'Verdict' },
      { name: 'Why' },
    ],
    rows: rows.map(({ name, paper = null, ours, interval, verdict, reason }) => [
      name,
      paper,
      ours,
      interval ? intervalText(interval, digits) : null,
      verdict,
      reason,
    ]),
  };
}

const flatBlocks = ({ sections }: Page): Block[] => sections.flatMap(({ blocks }) => blocks.flatMap(unfolded));

const unfolded = (block: Block): Block[] => (block.kind === 'details' ? block.blocks.flatMap(unfolded) : [block]);

const figuresOfBlock = (block: Block): readonly Figure[] =>
  block.kind === 'figure' ? [block.figure] : block.kind === 'figures' ? block.figures : [];
