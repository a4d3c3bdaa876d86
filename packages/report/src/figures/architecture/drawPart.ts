import { shorten } from '../../escape.js';
import { inks } from '../../inks.js';
import { svgElement } from '../../svg.js';
import { LINE, type PlacedEdge, type PlacedPart } from './layoutGraph.js';

/** A box with its lines, the ways around them, and what it gives. */
export function drawPart(part: PlacedPart): Element {
  const { kind, x, y, width, height, rows, skips, outputShape, parameters, repeats, label } = part;
  const ink = kindInk(kind);
  const frame = { width, height, rx: kind === 'input' || kind === 'join' ? height / 2 : 5 };
  const behind = { ...frame, fill: inks.background, stroke: ink, 'stroke-opacity': 0.55 };
  const letters = Math.floor((width - (skips.length > 0 ? 64 : 20)) / LETTER);
  const lineY = (row: number) => (height - rows.length * LINE) / 2 + (row + 0.5) * LINE;
  const middle = (width - (skips.length > 0 ? 26 : 0)) / 2;
  return svgElement(
    'g',
    { transform: `translate(${x},${y})`, class: `part ${kind}` },
    svgElement('title', {}, label),
    ...(repeats > 1 ? [6, 3].map((by) => svgElement('rect', { ...behind, x: by, y: by })) : []),
    svgElement('rect', { ...frame, fill: inks.background }),
    svgElement('rect', { ...frame, fill: ink, 'fill-opacity': kind === 'input' ? 0 : 0.13, stroke: ink, 'stroke-width': 1.25 }),
    ...rows.map((row, i) =>
      svgElement(
        'text',
        { x: middle, y: lineY(i), dy: '0.34em', ...(i === 0 && rows.length > 1 && { 'font-weight': 600 }) },
        shorten(row, letters),
      ),
    ),
    ...skips.map(({ from, to, projected }) =>
      drawSkip({
        x: width - 44,
        out: width - 10 - 9 * skips.filter((other) => other.from <= from && other.to > to).length,
        from: lineY(from + 1) - LINE / 2 + 1,
        to: lineY(to + 1),
        projected,
      }),
    ),
    svgElement(
      'g',
      { transform: `translate(${width + (repeats > 1 ? 14 : 9)},${height / 2})`, 'text-anchor': 'start' },
      ...asides({ repeats, outputShape, parameters }).map(([text, strong], i, all) =>
        svgElement(
          'text',
          {
            y: (i - (all.length - 1) / 2) * 14,
            dy: '0.34em',
            ...(strong ? { 'font-weight': 700, 'font-size': 13 } : { fill: inks.muted, 'font-size': 10.5 }),
          },
          text,
        ),
      ),
    ),
  );
}

/** What stands right of a box. */
function asides({ repeats, outputShape, parameters }: Pick<PlacedPart, 'repeats' | 'outputShape' | 'parameters'>): [string, boolean][] {
  return [
    ...(repeats > 1 ? [[`× ${repeats}`, true] as [string, boolean]] : []),
    [shapeText(outputShape), false],
    ...(parameters > 0 ? [[`${parameters.toLocaleString('en-US')} par.`, false] as [string, boolean]] : []),
  ];
}

interface Skip {
  readonly x: number;
  readonly out: number;
  readonly from: number;
  readonly to: number;
  readonly projected: boolean;
}

/** An arc to the right of the lines it goes around, with a head where it ends. */
function drawSkip({ x, out, from, to, projected }: Skip): Element {
  const bend = Math.min(out - x, (to - from) / 2);
  return svgElement(
    'g',
    { class: 'skip' },
    svgElement('path', {
      d: `M${x},${from}H${out - bend}Q${out},${from},${out},${from + bend}V${to - bend}Q${out},${to},${out - bend},${to}H${x + 6}`,
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': 1.25,
      ...(projected && { 'stroke-dasharray': '4 3' }),
    }),
    svgElement('path', { d: `M${x},${to}l7,-3.5v7Z`, fill: 'currentColor' }),
  );
}

/** A line from box to box, with a head; around the boxes between where there are some. */
export function drawEdge({ from, to, isLong }: PlacedEdge): Element {
  const [x1, y1, x2, y2] = [from.x + from.width / 2, from.y + from.height, to.x + to.width / 2, to.y - 1];
  const [side, turn] = [from.x - 10, 9];
  const straight = x1 === x2 ? `M${x1},${y1}V${y2 - 5}` : `M${x1},${y1}V${y2 - 14}H${x2}V${y2 - 5}`;
  const around = `M${x1},${y1 + turn}H${side}V${y2 - turn}H${x2}`;
  return svgElement(
    'g',
    { class: 'flow' },
    svgElement('path', {
      d: isLong ? around : straight,
      fill: 'none',
      stroke: inks.muted,
      'stroke-width': 1.25,
      'stroke-linejoin': 'round',
    }),
    svgElement('path', { d: `M${x2},${y2}l-3.5,-7h7Z`, fill: inks.muted }),
  );
}

/** `32 × 32 × 16`; an open axis is `n`. */
export const shapeText = (shape: readonly (number | null)[]): string => shape.map((n) => n ?? 'n').join(' × ') || '1';

/** The color of a kind. */
export function kindInk(kind: PlacedPart['kind']): string {
  return KIND_INKS[kind];
}

const KIND_INKS: Record<PlacedPart['kind'], string> = {
  input: inks.muted,
  conv: inks.class0,
  pool: inks.unlabeled,
  block: inks.class0,
  attention: inks.fourth,
  recurrent: inks.fourth,
  dense: inks.class1,
  join: inks.muted,
  other: inks.muted,
};

const LETTER = 5.4; // mean width at the figure's size
