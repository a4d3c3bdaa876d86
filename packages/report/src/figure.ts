import type { DataTable } from './dataTable.js';

/** One picture with everything that a reader needs beside it. Plain data: it can be stored, and put on any page. */
export interface Figure {
  /** Unique on a page: anchor, name of the downloaded data, prefix of the ids inside the SVG. Lower-case letters, digits, hyphens. */
  readonly id: string;
  /** A whole SVG document as text: no script, no reference to anything outside, colors for light and dark. */
  readonly svg: string;
  readonly title: string;
  /** Says what to see. */
  readonly caption: string;
  /** The picture in words, with its numbers, for those who cannot see it. */
  readonly alt: string;
  /** What was drawn, for download. */
  readonly table: DataTable;
}

/** What every figure function takes: words instead of the figure's own, and its width. */
export interface FigureOptions {
  /** Default: the kind of figure, `auc-forest`. Give one where a page has two of a kind. */
  readonly id?: string;
  readonly title?: string;
  readonly caption?: string;
  /** Width in CSS pixels at which text has its designed size. Default 720, a page's text column. */
  readonly width?: number;
}
