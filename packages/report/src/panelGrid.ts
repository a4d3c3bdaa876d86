/** Where the panels of small multiples stand. */
export interface PanelGrid {
  readonly perRow: number;
  readonly rows: number;
  /** Of one panel, in pixels. */
  readonly panelWidth: number;
  /** Of all rows, without the margins. */
  readonly height: number;
  /** Plot's facet scales. */
  readonly fx: { readonly axis: null; readonly padding: number; readonly domain: readonly number[] };
  readonly fy: { readonly axis: null; readonly padding: number; readonly domain: readonly number[] };
  /** The facet of the `i`-th panel. */
  place(i: number): { readonly fx: number; readonly fy: number };
}

/** How panels are to be laid out. */
export interface PanelGridOptions {
  readonly count: number;
  /** Pixels for all panels of a row and the gaps between them. */
  readonly width: number;
  /** Panels in a row. Default: as many as are no narrower than `least`, rows evenly filled. */
  readonly perRow: number | undefined;
  readonly least: number;
  /** Height of a panel over its width. */
  readonly aspect: number;
  /** Pixels between panels: beside each other, above each other (headings stand there). */
  readonly gaps: readonly [across: number, down: number];
}

/** Panels of one size in rows. */
export function panelGrid({ count, width, perRow: wanted, least, aspect, gaps: [across, down] }: PanelGridOptions): PanelGrid {
  const perRow = wanted ?? evenColumns(count, Math.max(1, Math.floor((width + across) / (least + across))));
  const rows = Math.ceil(count / perRow);
  const panelWidth = (width - (perRow - 1) * across) / perRow;
  const panelHeight = panelWidth * aspect;
  return {
    perRow,
    rows,
    panelWidth,
    height: rows * panelHeight + (rows - 1) * down,
    fx: { axis: null, padding: perRow === 1 ? 0 : across / (panelWidth + across), domain: upTo(perRow) }, // one band alone would be padded all around
    fy: { axis: null, padding: rows === 1 ? 0 : down / (panelHeight + down), domain: upTo(rows) },
    place: (i) => ({ fx: i % perRow, fy: Math.floor(i / perRow) }),
  };
}

/** The number of columns, at most `most`, that leaves the fewest holes in the last row. */
export function evenColumns(count: number, most: number): number {
  return Math.ceil(count / Math.ceil(count / Math.min(count, most)));
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);
