import type { InsideScan } from './insideScan.js';

/** The bounding rectangle of a slice's content, half open. */
export interface SliceExtent {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/**
 * The smallest rectangle around the pixels of one slice that are inside, none where there is no such pixel. It looks at the margins alone: pixels inside
 * of what is known to belong to the rectangle are never read.
 *
 * @param offset - of the slice's first pixel
 */
export function sliceExtent(scan: InsideScan, offset: number, rows: number, columns: number): SliceExtent | undefined {
  const start = (row: number) => offset + row * columns;
  const touches = (row: number) => scan.first(start(row), start(row + 1)) < start(row + 1);
  let top = 0;
  while (top < rows && !touches(top)) top++;
  if (top === rows) return undefined;
  let bottom = rows;
  while (!touches(bottom - 1)) bottom--;
  let left = columns;
  let right = 0;
  for (let row = top; row < bottom; row++) {
    left = scan.first(start(row), start(row) + left) - start(row);
    right = scan.afterLast(start(row) + right, start(row + 1)) - start(row);
  }
  return { top, bottom, left, right };
}
