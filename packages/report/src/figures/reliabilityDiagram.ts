import * as Plot from '@observablehq/plot';
import { axisX, axisY } from '../axes.js';
import { columns } from '../dataTable.js';
import { shorten } from '../escape.js';
import type { Figure, FigureOptions } from '../figure.js';
import { inks } from '../inks.js';
import { panelGrid } from '../panelGrid.js';
import { plotFigure } from '../plotFigure.js';
import { counted, tidy } from '../words.js';
import { requireData, type HistogramBars } from './predictions.js';

/** Predictions of like probability, and what became of their cases: as `reliabilityCurve` of `@mgmt/evaluation` returns them. */
export interface ReliabilityPoint {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  readonly meanProbability: number;
  /** Share of class 1 among the cases. */
  readonly share: number;
  /** Its 95 % interval. */
  readonly bar: { readonly low: number; readonly high: number };
}

/** The calibration of one model. */
export interface ReliabilityPanel {
  readonly name: string;
  /** A number worth having under the name: `error 0.09, by chance 0.10`. */
  readonly note?: string;
  /** Rising. */
  readonly bins: readonly ReliabilityPoint[];
  /** All predictions. Default: the bins, which is flat where they hold equally many cases. */
  readonly histogram?: HistogramBars;
}

/** What a reliability diagram takes beside the words. */
export interface ReliabilityDiagramOptions extends FigureOptions {
  /** Panels in a row. Default: as many as keep a panel 150 pixels wide, rows evenly filled. */
  readonly columns?: number;
}

/**
 * What happened against what was said: the share of class 1 in each bin of predicted probability, with its interval, around the diagonal of calibrated
 * predictions; beneath, on the same axis, how often each probability was given.
 *
 * @throws `MgmtError` `report/no-data`, `report/bad-id`
 */
export function reliabilityDiagram(panels: readonly ReliabilityPanel[], options: ReliabilityDiagramOptions = {}): Figure {
  requireData(panels, 'models');
  const { width = Math.min(720, 60 + 320 * panels.length) } = options;
  const grid = panelGrid({
    count: panels.length,
    width: width - LEFT - RIGHT,
    perRow: options.columns,
    least: 150,
    aspect: 1 + DEPTH,
    gaps: [18, 56],
  });
  const placed = panels.map((panel, i) => ({ ...panel, ...grid.place(i) }));
  const points = placed.flatMap(({ bins, fx, fy }, z) => bins.map((bin) => ({ ...bin, ...bin.bar, fx, fy, z })));
  const bars = placed.flatMap((panel) => barsOf(panel).map((bar) => ({ ...bar, fx: panel.fx, fy: panel.fy })));
  const heading = { fx: 'fx', fy: 'fy', frameAnchor: 'top-left', lineAnchor: 'bottom' } as const;
  return plotFigure(
    {
      kind: 'reliability-diagram',
      title: 'Predicted probabilities and what happened',
      caption:
        'Each dot is a group of cases with like predictions: across, the probability they were given; up, the share that was methylated, with its 95 % interval. Predictions that mean what they say lie on the diagonal (dashed), as far as so few cases can. A level row of dots says that the probability tells nothing. The bars beneath show which probabilities the model gives at all.',
      alt: altText(panels),
      table: {
        columns: columns('model', 'from', 'to', 'cases', 'mean probability', 'share of class 1', 'low', 'high'),
        rows: placed.flatMap(({ name, bins }) =>
          bins.map(({ low, high, count, meanProbability, share, bar }) => [
            name,
            ...[low, high, count, meanProbability, share, bar.low, bar.high].map(tidy),
          ]),
        ),
      },
      legend: [
        { label: 'share of class 1, with its interval', mark: 'dot', ink: inks.class0 },
        { label: 'calibrated', mark: 'dashed', ink: inks.muted },
        { label: 'how often predicted', mark: 'area', ink: inks.muted },
      ],
      plot: {
        width,
        height: grid.height + TOP + BOTTOM,
        marginLeft: LEFT,
        marginRight: RIGHT,
        marginTop: TOP,
        marginBottom: BOTTOM,
        x: { domain: [0, 1] },
        y: { domain: [-DEPTH, 1] },
        fx: grid.fx,
        fy: grid.fy,
        marks: [
          axisX('predicted probability of class 1', { ticks: [0, 0.5, 1], tickFormat: String }),
          axisY('observed share of class 1', { ticks: [0, 0.25, 0.5, 0.75, 1], tickFormat: String }),
          Plot.gridY([0.25, 0.5, 0.75, 1], { strokeOpacity: 0.1 }),
          Plot.gridX([0.5], { strokeOpacity: 0.1 }),
          Plot.ruleY(placed, { y: 0, fx: 'fx', fy: 'fy', strokeOpacity: 0.35 }),
          Plot.ruleY(placed, { y: -DEPTH, fx: 'fx', fy: 'fy', strokeOpacity: 0.6 }),
          Plot.rect(bars, {
            x1: 'x1',
            x2: 'x2',
            y1: -DEPTH,
            y2: 'y',
            fx: 'fx',
            fy: 'fy',
            fill: inks.muted,
            fillOpacity: 0.35,
            inset: 0.4,
            className: 'bars',
          }),
          Plot.link(placed, {
            x1: 0,
            y1: 0,
            x2: 1,
            y2: 1,
            fx: 'fx',
            fy: 'fy',
            stroke: inks.muted,
            strokeDasharray: '5 4',
            strokeWidth: 1.25,
            className: 'calibrated',
          }),
          Plot.line(points, {
            x: 'meanProbability',
            y: 'share',
            z: 'z',
            fx: 'fx',
            fy: 'fy',
            stroke: inks.class0,
            strokeOpacity: 0.45,
            className: 'curve',
          }),
          Plot.ruleX(points, {
            x: 'meanProbability',
            y1: 'low',
            y2: 'high',
            fx: 'fx',
            fy: 'fy',
            stroke: inks.class0,
            strokeWidth: 1.5,
            className: 'interval',
          }),
          Plot.dot(points, { x: 'meanProbability', y: 'share', fx: 'fx', fy: 'fy', r: 3.25, fill: inks.class0, className: 'share' }),
          Plot.text(placed, { ...heading, text: ({ name }) => shorten(name, Math.floor(grid.panelWidth / 7)), dy: -22, fontWeight: 600 }),
          Plot.text(placed, {
            ...heading,
            text: ({ note }) => shorten(note ?? '', Math.floor(grid.panelWidth / 5.6)),
            dy: -7,
            fill: inks.muted,
          }),
        ],
      },
    },
    options,
  );
}

const [LEFT, RIGHT, TOP, BOTTOM] = [54, 8, 42, 42];
const DEPTH = 0.34; // room for the histogram, in units of the axis above it

/** The histogram's bars, the highest of which ends a little below the diagram. */
function barsOf({ bins, histogram }: ReliabilityPanel) {
  const bars = histogram
    ? Array.from(histogram.density, (density, i) => ({ x1: histogram.edges[i]!, x2: histogram.edges[i + 1]!, density }))
    : bins.map(({ low, high, count }) => ({ x1: low, x2: high, density: high > low ? count / (high - low) : 0 }));
  const peak = Math.max(Number.MIN_VALUE, ...bars.map(({ density }) => density));
  return bars.filter(({ density }) => density > 0).map(({ density, ...bar }) => ({ ...bar, y: -DEPTH + (0.85 * DEPTH * density) / peak }));
}

function altText(panels: readonly ReliabilityPanel[]): string {
  const described = panels.map(({ name, note, bins }) => {
    const points = bins.map(
      ({ count, meanProbability, share, bar }) =>
        `at ${meanProbability.toFixed(2)} ${share.toFixed(2)} of ${counted(count, 'case')} (${bar.low.toFixed(2)} to ${bar.high.toFixed(2)})`,
    );
    return `${name}${note ? ` (${note})` : ''}: share of class 1 ${points.join(', ')}.`;
  });
  return `Reliability diagram of ${counted(panels.length, 'model')} around the diagonal, with histograms of the predictions. ${described.join(' ')}`;
}
