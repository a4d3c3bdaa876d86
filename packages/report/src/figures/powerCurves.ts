import * as Plot from '@observablehq/plot';
import { axisX, axisY } from '../axes.js';
import { columns } from '../dataTable.js';
import { shorten } from '../escape.js';
import type { Figure, FigureOptions } from '../figure.js';
import { inks } from '../inks.js';
import { plotFigure } from '../plotFigure.js';
import { seriesStyle, type SeriesStyle } from '../series.js';
import { tidy } from '../words.js';
import type { Estimate } from './aucForest.js';
import { requireData } from './predictions.js';

/** What a pipeline made of data with so much signal in them. */
export interface PowerPoint extends Estimate {
  /** Where the dial stood: 0 is no signal, 1 all of it. */
  readonly signal: number;
}

/** One pipeline over the dial. */
export interface PowerLine {
  readonly name: string;
  /** By rising signal. */
  readonly points: readonly PowerPoint[];
  /** The smallest signal that it finds, by the caller's rule. */
  readonly smallest?: number;
}

/** What power curves show. */
export interface PowerCurves {
  /** `auc`: the AUC that was reached. `found`: the share of repetitions in which the signal was found. */
  readonly measure: 'auc' | 'found';
  readonly pipelines: readonly PowerLine[];
  /** Share of false alarms that the test allows itself, drawn for `found`. Default 0.05. */
  readonly level?: number;
}

/**
 * What each pipeline finds as the dial of signal is turned up, with intervals: the smallest signal that it would not have missed.
 *
 * @throws `MgmtError` `report/no-data`, `report/bad-id`
 */
export function powerCurves({ measure, pipelines, level = 0.05 }: PowerCurves, options: FigureOptions = {}): Figure {
  requireData(pipelines, 'pipelines');
  const { width = 720 } = options;
  const chance = measure === 'auc' ? 0.5 : level;
  const values = pipelines.flatMap(({ points }) => points.flatMap(({ value, low, high }) => [value, low, high])).filter(Number.isFinite);
  const signals = pipelines.flatMap(({ points }) => points.map(({ signal }) => signal));
  const [first, last] = [Math.min(...signals), Math.max(...signals)];
  const floor = measure === 'auc' ? Math.floor(Math.min(0.45, ...values) * 20) / 20 : 0;
  const lines = pipelines.map((line, i) => ({ ...line, style: seriesStyle(i), shift: (i - (pipelines.length - 1) / 2) * DODGE }));
  const found = lines.filter(({ smallest }) => smallest !== undefined);
  return plotFigure(
    {
      kind: 'power-curves',
      title: 'What would have been found',
      caption: `${
        measure === 'auc'
          ? 'The AUC that each pipeline reaches as more of the signal is put into invented data; chance is dashed.'
          : 'How often each pipeline finds the signal as more of it is put into invented data; the share of false alarms is dashed.'
      } Bars are 95 % intervals. ${
        found.length > 0 ? 'Triangles on the axis mark the smallest signal that a pipeline finds: a weaker one would have gone unseen.' : ''
      }`.trim(),
      alt: `${measure === 'auc' ? 'AUC' : 'Share of repetitions that found the signal'} over the strength of the signal. ${lines.map(describe).join(' ')}`,
      table: {
        columns: columns('pipeline', 'signal', MEASURES[measure], 'low', 'high', 'smallest signal found'),
        rows: lines.flatMap(({ name, points, smallest }) =>
          points.map(({ signal, value, low, high }) => [name, signal, tidy(value), tidy(low), tidy(high), smallest ?? null]),
        ),
      },
      legend: [
        ...lines.map(({ name, style }) => ({ label: shorten(name, 26), mark: 'symbol' as const, ink: style.ink, symbol: style.symbol })),
        { label: measure === 'auc' ? 'chance' : 'false alarms', mark: 'dashed', ink: inks.muted },
        ...(found.length > 0 ? [{ label: 'smallest found', mark: 'triangle' as const, ink: 'currentColor' }] : []),
      ],
      plot: {
        width,
        height: 320,
        marginLeft: 52,
        marginRight: 16,
        marginTop: 10,
        marginBottom: 44,
        x: { domain: first < last ? [first, last] : [first - 0.5, first + 0.5], inset: 14 },
        y: { domain: [floor, 1.02] },
        marks: [
          Plot.gridY({ strokeOpacity: 0.1, ticks: 5 }),
          axisX('strength of the signal', { ticks: [...new Set(signals)].length <= 8 ? [...new Set(signals)] : 8, tickFormat: String }),
          axisY(MEASURES[measure], { ticks: 5, tickSize: 0 }),
          Plot.ruleY([chance], { stroke: inks.muted, strokeDasharray: '5 4', strokeWidth: 1.25, className: 'chance' }),
          ...lines.flatMap(({ name, points, style, shift, smallest }) => {
            const at = { x: 'signal', dx: shift, title: () => name };
            return [
              Plot.ruleX(points, {
                ...at,
                y1: 'low',
                y2: 'high',
                stroke: style.ink,
                strokeOpacity: 0.6,
                strokeWidth: 1.25,
                className: 'interval',
              }),
              Plot.line(points, {
                ...at,
                y: 'value',
                stroke: style.ink,
                strokeWidth: 1.75,
                strokeDasharray: style.dash,
                className: 'pipeline',
              }),
              Plot.dot(points, { ...at, y: 'value', r: 4, ...dotStyle(style), className: 'value' }),
              Plot.dot(smallest === undefined ? [] : [smallest], {
                x: (signal: number) => signal,
                y: floor,
                dx: shift,
                dy: -6,
                r: 4.5,
                symbol: 'triangle',
                rotate: 180,
                fill: style.ink,
                className: 'smallest',
              }),
            ];
          }),
        ],
      },
    },
    options,
  );
}

const DODGE = 5; // pixels between the pipelines at one signal, so that bars do not cover each other
const MEASURES = { auc: 'AUC', found: 'share found' } as const;

/** A hollow symbol has a stroke, a filled one has none. */
const dotStyle = ({ ink, symbol: { shape, hollow } }: SeriesStyle) =>
  hollow ? { symbol: shape, stroke: ink, fill: 'none' } : { symbol: shape, fill: ink };

function describe({ name, points, smallest }: PowerLine): string {
  const values = points.map(({ signal, value, low, high }) => `at ${signal} ${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`);
  return `${name}: ${values.join(', ')}${smallest === undefined ? '' : `; smallest signal found ${smallest}`}.`;
}
