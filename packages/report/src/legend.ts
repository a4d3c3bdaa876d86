import type { SeriesSymbol } from './series.js';
import { FONT_SIZE, svgElement } from './svg.js';

/** How a mark in the figure looks, for its key. */
export type LegendMark =
  'area' | 'line' | 'dashed' | 'thin' | 'dot' | 'ring' | 'diamond' | 'triangle' | 'tick' | 'cross' | 'bar' | 'ramp' | 'symbol';

/** One entry of a figure's key. */
export interface LegendItem {
  readonly label: string;
  readonly mark: LegendMark;
  readonly ink: string;
  /** Of a `line`. Default: unbroken. */
  readonly dash?: string | undefined;
  /** Of a `symbol`. Default: a filled circle. */
  readonly symbol?: SeriesSymbol;
}

/** Entries from left to right, wrapped at the figure's width. */
export function legendOf(items: readonly LegendItem[], width: number): { readonly height: number; readonly elements: Element[] } {
  let [x, y] = [0, ROW / 2];
  const elements = items.map((item) => {
    const { label, mark, ink } = item;
    const step = SWATCH + 7 + label.length * FONT_SIZE * MEAN_LETTER + 18;
    if (x > 0 && x + step - 18 > width) [x, y] = [0, y + ROW];
    const text = svgElement('text', { x: SWATCH + 6, y: '0.34em', 'text-anchor': 'start' }, label);
    const entry = svgElement('g', { transform: `translate(${x},${y})` }, MARKS[mark](ink, item), text);
    x += step;
    return entry;
  });
  return { height: items.length === 0 ? 0 : y + ROW / 2 + 6, elements };
}

const ROW = 19;
const SWATCH = 22;
const MEAN_LETTER = 0.53; // width of a letter of a system sans over its height, on the wide side

const line = (ink: string, more: Record<string, string | number>) =>
  svgElement('line', { x1: 0, x2: SWATCH, y1: 0, y2: 0, stroke: ink, 'stroke-width': 2, ...more });

const MARKS: Record<LegendMark, (ink: string, item: LegendItem) => Element> = {
  area: (ink) =>
    svgElement(
      'g',
      {},
      svgElement('rect', { x: 0, y: -5, width: SWATCH, height: 10, fill: ink, 'fill-opacity': 0.3 }),
      line(ink, { y1: -5, y2: -5, 'stroke-width': 1.75 }),
    ),
  line: (ink, { dash }) => line(ink, { 'stroke-width': 2.5, ...(dash && { 'stroke-dasharray': dash }) }),
  thin: (ink) => line(ink, { 'stroke-width': 1 }),
  dashed: (ink) => line(ink, { 'stroke-width': 1.25, 'stroke-dasharray': '4 3' }),
  dot: (ink) => svgElement('circle', { cx: SWATCH / 2, r: 3.5, fill: ink }),
  ring: (ink) => svgElement('circle', { cx: SWATCH / 2, r: 3.5, fill: 'none', stroke: ink, 'stroke-width': 1.5 }),
  diamond: (ink) => svgElement('path', { d: 'M11,-5.5L16.5,0L11,5.5L5.5,0Z', fill: ink }),
  triangle: (ink) => svgElement('path', { d: 'M7,-3.5L15,-3.5L11,4Z', fill: ink }),
  tick: (ink) => svgElement('line', { x1: SWATCH / 2, x2: SWATCH / 2, y1: -7, y2: 7, stroke: ink, 'stroke-width': 2 }),
  cross: (ink) => svgElement('path', { d: 'M7.2,-3.8L14.8,3.8M14.8,-3.8L7.2,3.8', fill: 'none', stroke: ink, 'stroke-width': 1.5 }),
  bar: (ink) => svgElement('rect', { x: 0, y: -5, width: SWATCH, height: 10, fill: ink, 'fill-opacity': 0.75 }),
  ramp: (ink) =>
    svgElement(
      'g',
      {},
      ...[0.1, 0.27, 0.45, 0.62].map((opacity, i) =>
        svgElement('rect', { x: (i * SWATCH) / 4, y: -5, width: SWATCH / 4, height: 10, fill: ink, 'fill-opacity': opacity }),
      ),
    ),
  symbol: (ink, { symbol = { shape: 'circle', hollow: false } }) =>
    svgElement('path', {
      d: OUTLINES[symbol.shape],
      transform: `translate(${SWATCH / 2},0)`,
      ...(symbol.hollow ? { fill: 'none', stroke: ink, 'stroke-width': 1.5 } : { fill: ink }),
    }),
};

/** Plot's symbols at a radius of 3.8 pixels. */
const OUTLINES: Record<SeriesSymbol['shape'], string> = {
  circle: 'M3.8,0A3.8,3.8,0,1,1,-3.8,0A3.8,3.8,0,1,1,3.8,0Z',
  triangle: 'M0,-5.9L5.1,2.95L-5.1,2.95Z',
  square: 'M-3.35,-3.35H3.35V3.35H-3.35Z',
  diamond: 'M0,-6.25L3.6,0L0,6.25L-3.6,0Z',
  cross: 'M-4.5,-1.5H-1.5V-4.5H1.5V-1.5H4.5V1.5H1.5V4.5H-1.5V1.5H-4.5Z',
};
