import * as Plot from '@observablehq/plot';
import type { Figure, FigureOptions } from './figure.js';
import { legendOf, type LegendItem } from './legend.js';
import { figureDocument, finishFigure, svgElement, type FigureWords } from './svg.js';

/** A figure drawn by Observable Plot. */
export interface PlotDrawing extends FigureWords {
  /** Named marks over the plot, in one row that wraps. */
  readonly legend?: readonly LegendItem[];
  /** Plot's options. Margins are the plot's own: room for the legend is added above. */
  readonly plot: Plot.PlotOptions & { readonly width: number; readonly height: number };
}

/** Draws with Plot: same data, same text, on every machine. */
export function plotFigure({ legend = [], plot, ...words }: PlotDrawing, options: FigureOptions): Figure {
  const drawn = Plot.plot({ ...plot, document: figureDocument, className: 'mgmt-plot' }) as Element;
  const key = legendOf(legend, plot.width);
  const body = svgElement('g', { transform: `translate(0,${key.height})` }, ...drawn.children);
  return finishFigure(svgElement('svg', { width: plot.width, height: plot.height + key.height }, ...key.elements, body), words, options);
}
