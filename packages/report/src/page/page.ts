import type { Cell, DataTable } from '../dataTable.js';
import type { Figure } from '../figure.js';

/** A page as plain data. Every text in it is text: markup in it is shown, never obeyed. */
export interface Page {
  readonly title: string;
  readonly provenance: Provenance;
  readonly answer: Answer;
  readonly sections: readonly Section[];
}

/** The first line of the page. */
export interface Provenance {
  /** On what data, in words: `the phantom cohort (signal 0, seed 0)`. */
  readonly data: string;
  /** Of what made it, with its name: `mgmt 0.1.0`. */
  readonly version: string;
  readonly backend: string;
  /** ISO 8601, as the caller's clock says. */
  readonly when: string;
}

/** What the reader came for. */
export interface Answer {
  /** One sentence with the verdict and its interval. */
  readonly headline: string;
  readonly detail: string;
  /** The two to four numbers that the sentence rests on. */
  readonly numbers?: readonly KeyNumber[];
}

/** A number large enough to be read across a table. */
export interface KeyNumber {
  readonly label: string;
  readonly value: string;
  /** `95 % interval 0.47 to 0.55` */
  readonly note?: string;
}

/** A heading and what stands under it; an entry of the table of contents. */
export interface Section {
  /** The anchor: lower-case letters, digits, hyphens; unique on the page. */
  readonly id: string;
  readonly heading: string;
  readonly blocks: readonly Block[];
}

/** What a section is made of. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: Prose }
  | { readonly kind: 'heading'; readonly text: string }
  | ({ readonly kind: 'table' } & TableBlock)
  | ({ readonly kind: 'comparison' } & ComparisonTable)
  | { readonly kind: 'figure'; readonly figure: Figure }
  /** Side by side where there is room. */
  | { readonly kind: 'figures'; readonly figures: readonly Figure[] }
  | { readonly kind: 'definitions'; readonly items: readonly { readonly term: string; readonly definition: string }[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'notice'; readonly tone: 'note' | 'warning'; readonly text: Prose }
  /** What few readers need: folded under one line until it is asked for, and open on paper. */
  | { readonly kind: 'details'; readonly summary: string; readonly blocks: readonly Block[] };

/** Running text: plain, or in pieces of which some are set apart. */
export type Prose =
  string | readonly (string | { readonly em: string } | { readonly code: string } | { readonly anchor: string; readonly text: string })[];

/** Rows under a caption. */
export interface TableBlock extends DataTable {
  readonly caption: string;
  /** Said in the place of a table without rows. Default: `None.` */
  readonly empty?: string;
}

/** Whether ours and the paper's number say the same, by a rule that the page states. */
export type Verdict = 'agrees' | 'differs' | 'cannot tell';

/** One result beside the paper's. */
export interface ComparisonRow {
  readonly name: string;
  /** Id of the figure or section that shows it: the name becomes a link. */
  readonly anchor?: string;
  readonly paper?: Cell;
  readonly ours: Cell;
  readonly interval?: readonly [low: number, high: number];
  readonly verdict: Verdict;
  readonly reason: string;
}

/** The paper's numbers and ours. */
export interface ComparisonTable {
  readonly caption: string;
  /** How a verdict is come to. */
  readonly rule: string;
  readonly rows: readonly ComparisonRow[];
  /** Digits after the point. Default 2. */
  readonly digits?: number;
}

/** The words of a text, without what sets some apart. */
export function plainText(prose: Prose): string {
  if (typeof prose === 'string') return prose;
  return prose
    .map((piece) => (typeof piece === 'string' ? piece : 'em' in piece ? piece.em : 'code' in piece ? piece.code : piece.text))
    .join('');
}

/** `2026-11-23 21:23 UTC` of an ISO time in UTC; any other text as it is. */
export function readableTime(iso: string): string {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?Z$/.exec(iso);
  return match ? `${match[1]} ${match[2]} UTC` : iso;
}

/** `0.47 to 0.55` */
export function intervalText([low, high]: readonly [number, number], digits: number): string {
  return `${low.toFixed(digits)} to ${high.toFixed(digits)}`.replaceAll('-', '−');
}
