import { inks } from './inks.js';

/** A shape that tells a series apart where there is no color; its name is Plot's. */
export interface SeriesSymbol {
  readonly shape: 'circle' | 'triangle' | 'square' | 'diamond' | 'cross';
  readonly hollow: boolean;
}

/** How one of several things in a figure is drawn: a model, a pipeline, a class. */
export interface SeriesStyle {
  readonly ink: string;
  /** Of its line. */
  readonly dash: string | undefined;
  /** Of its points. */
  readonly symbol: SeriesSymbol;
}

/** The style of the `i`-th series, from 0: ten that differ in color and shape, twenty-five that differ in color and dash; then from the start. */
export function seriesStyle(i: number): SeriesStyle {
  const round = Math.floor(i / COLORS.length);
  return {
    ink: COLORS[i % COLORS.length]!,
    dash: DASHES[(i + round) % DASHES.length],
    symbol: { shape: SHAPES[(i + round) % SHAPES.length]!, hollow: round % 2 === 1 },
  };
}

const COLORS = [inks.class0, inks.class1, inks.unlabeled, inks.fourth, 'currentColor'];
const DASHES = [undefined, '7 3', '2 2.5', '9 3 2 3', '5 2'];
const SHAPES = ['circle', 'triangle', 'square', 'diamond', 'cross'] as const;
