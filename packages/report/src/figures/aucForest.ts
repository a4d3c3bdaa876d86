import * as Plot from '@observablehq/plot';
import { axisX } from '../axes.js';
import type { DataTable } from '../dataTable.js';
import { shorten } from '../escape.js';
import type { Figure, FigureOptions } from '../figure.js';
import { inks } from '../inks.js';
import { plotFigure } from '../plotFigure.js';
import { requireData } from './predictions.js';

/** An estimate with its 95 % interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** One model: what was measured here, what the paper printed, or both. */
export interface ForestRow {
  readonly name: string;
  readonly ours?: Estimate;
  readonly paper?: number;
}

/** What a forest plot shows. */
export interface AucForest {
  readonly rows: readonly ForestRow[];
  /** The mean of the rows, drawn as a diamond under them; its interval is shaded through all rows. */
  readonly mean?: ForestRow;
}

/**
 * AUC of each model with its interval, and of their mean, against chance (0.5) and the paper's printed values.
 *
 * @throws `MgmtError` `report/no-data`, `report/bad-id`
 */
export function aucForest({ rows, mean }: AucForest, options: FigureOptions = {}): Figure {
  const { width = 720 } = options;
  const all = [...rows.map((row) => ({ ...row, isMean: false })), ...(mean ? [{ ...mean, isMean: true }] : [])];
  requireData(all, 'rows');
  const placed = all.map((row, y) => ({ ...row, y: row.isMean ? y + 0.35 : y }));
  const measured = placed.flatMap(({ ours, ...row }) => (ours ? [{ ...row, ...ours }] : []));
  const [seeds, means] = [measured.filter(({ isMean }) => !isMean), measured.filter(({ isMean }) => isMean)];
  const printed = placed.filter(({ paper }) => paper !== undefined);
  const bottom = all.length - 1 + (mean ? 0.35 : 0) + 0.6;
  const right = NUMBERS + (printed.length > 0 ? PRINTED : 0);
  const column = (text: string, dx: number) =>
    Plot.text([text], { frameAnchor: 'top-right', dx, dy: -16, textAnchor: 'end', fill: inks.muted });
  return plotFigure(
    {
      kind: 'auc-forest',
      title: 'Area under the ROC curve, with its interval',
      caption: [
        'Dots are models, bars their 95 % intervals.',
        mean ? 'The diamond is their mean, its interval shaded through all rows.' : '',
        printed.length > 0 ? 'Hollow marks are the paper’s values.' : '',
        'An interval that reaches across the dashed line is compatible with tossing a coin.',
      ]
        .filter(Boolean)
        .join(' '),
      alt: altText(all),
      table: tableOf(all),
      legend: [
        { label: 'this run', mark: 'dot', ink: inks.class0 },
        ...(mean ? [{ label: 'mean', mark: 'diamond' as const, ink: inks.class0 }] : []),
        ...(printed.length > 0 ? [{ label: 'the paper', mark: 'ring' as const, ink: inks.class1 }] : []),
        { label: 'chance', mark: 'dashed', ink: inks.muted },
      ],
      plot: {
        width,
        height: 26 + (bottom + 0.6) * 25 + 42,
        marginTop: 26,
        marginBottom: 42,
        marginLeft: LEFT,
        marginRight: right,
        x: { domain: domainOf(measured, printed) },
        y: { domain: [bottom, -0.6], axis: null },
        marks: [
          axisX('AUC', { ticks: 6 }),
          Plot.gridX({ strokeOpacity: 0.08, ticks: 6 }),
          Plot.rect(means, {
            x1: 'low',
            x2: 'high',
            y1: () => -0.6,
            y2: () => bottom,
            fill: inks.class0,
            fillOpacity: 0.1,
            className: 'mean-shade',
          }),
          Plot.ruleX([0.5], { stroke: inks.muted, strokeDasharray: '4 3', strokeWidth: 1.25, className: 'chance' }),
          ...(mean ? [Plot.ruleY([all.length - 1.35], { strokeOpacity: 0.25, insetLeft: -LEFT, insetRight: -right })] : []),
          Plot.ruleY(seeds, { x1: 'low', x2: 'high', y: 'y', stroke: inks.class0, strokeWidth: 1.25, className: 'interval' }),
          Plot.ruleY(means, { x1: 'low', x2: 'high', y: 'y', stroke: inks.class0, strokeWidth: 2.75, className: 'mean-interval' }),
          Plot.dot(seeds, { x: 'value', y: 'y', r: 3.5, fill: inks.class0, className: 'auc' }),
          Plot.dot(means, { x: 'value', y: 'y', r: 6, symbol: 'diamond', fill: inks.class0, className: 'mean' }),
          Plot.dot(printed, { x: 'paper', y: 'y', r: 3.75, stroke: inks.class1, strokeWidth: 1.5, className: 'paper' }),
          Plot.text(placed, {
            text: ({ name }) => shorten(name, 20),
            y: 'y',
            frameAnchor: 'left',
            dx: -LEFT,
            textAnchor: 'start',
          }),
          Plot.text(placed, {
            text: ({ ours }) => (ours ? `${ours.value.toFixed(2)}  [${ours.low.toFixed(2)}, ${ours.high.toFixed(2)}]` : '–'),
            y: 'y',
            frameAnchor: 'right',
            dx: NUMBERS,
            textAnchor: 'end',
            fontVariant: 'tabular-nums',
          }),
          Plot.text(placed, {
            text: ({ paper }) => paper?.toFixed(2) ?? (printed.length > 0 ? '–' : ''),
            y: 'y',
            frameAnchor: 'right',
            dx: NUMBERS + PRINTED,
            textAnchor: 'end',
            fontVariant: 'tabular-nums',
          }),
          column('AUC [95 % interval]', NUMBERS),
          ...(printed.length > 0 ? [column('paper', NUMBERS + PRINTED)] : []),
        ],
      },
    },
    options,
  );
}

const LEFT = 128;
const NUMBERS = 144; // room for estimate and interval
const PRINTED = 42; // room for the paper's value

/** Every value and 0.5, to the next twentieth. */
function domainOf(measured: readonly Estimate[], printed: readonly ForestRow[]): [number, number] {
  const values = [
    0.45,
    0.55,
    ...measured.flatMap(({ value, low, high }) => [value, low, high]),
    ...printed.map(({ paper }) => paper!),
  ].filter(Number.isFinite);
  return [Math.floor(Math.min(...values) * 20 - 1e-9) / 20, Math.ceil(Math.max(...values) * 20 + 1e-9) / 20];
}

function tableOf(rows: readonly ForestRow[]): DataTable {
  return {
    columns: [
      { name: 'model' },
      { name: 'AUC', digits: 3 },
      { name: 'low', digits: 3 },
      { name: 'high', digits: 3 },
      { name: 'paper', digits: 2 },
    ],
    rows: rows.map(({ name, ours, paper }) => [name, ours?.value ?? null, ours?.low ?? null, ours?.high ?? null, paper ?? null]),
  };
}

function altText(rows: readonly ForestRow[]): string {
  const described = rows.map(({ name, ours, paper }) => {
    const here = ours ? `AUC ${ours.value.toFixed(2)}, interval ${ours.low.toFixed(2)} to ${ours.high.toFixed(2)}` : 'not measured here';
    return `${name}: ${here}${paper === undefined ? '' : `, in the paper ${paper.toFixed(2)}`}.`;
  });
  return `Forest plot of areas under the ROC curve against chance at 0.5. ${described.join(' ')}`;
}
