import type { VoxelArray } from '@mgmt/core';

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
export function sliceExtent(
  data: VoxelArray,
  offset: number,
  rows: number,
  columns: number,
  isInside: (value: number) => boolean,
): SliceExtent | undefined {
  const touches = (row: number) => {
    for (let p = offset + row * columns, end = p + columns; p < end; p++) if (isInside(data[p]!)) return true;
    return false;
  };
  let top = 0;
  while (top < rows && !touches(top)) top++;
  if (top === rows) return undefined;
  let bottom = rows;
  while (!touches(bottom - 1)) bottom--;
  let left = columns;
  let right = 0;
  for (let row = top; row < bottom; row++) {
    const p = offset + row * columns;
    for (let column = 0; column < left; column++) if (isInside(data[p + column]!)) left = column;
    for (let column = columns - 1; column >= right; column--) if (isInside(data[p + column]!)) right = column + 1;
  }
  return { top, bottom, left, right };
}
