import * as Plot from '@observablehq/plot';
import { columns, type DataTable } from '../dataTable.js';
import type { Figure, FigureOptions } from '../figure.js';
import { evenColumns } from '../panelGrid.js';
import { plotFigure } from '../plotFigure.js';
import { shorten } from '../escape.js';
import { groupStyle, labelsIn, mean, peakOf, requireData, type PredictionPanel } from './predictions.js';

/** What a histogram of predictions takes beside the words. */
export interface PredictionHistogramOptions extends FigureOptions {
  /** Panels in a row. Default: as many as keep a panel 125 pixels wide, rows evenly filled. */
  readonly columns?: number;
  /** Ends of the axis. Default [0, 1], all that a probability can be. */
  readonly domain?: readonly [number, number];
}

/**
 * Histogram and kernel density of predicted probabilities, a panel for each model, split by true label where the cases have one
 * (the paper's Figures 3 and 12), else of all cases together (Figures 2 and 11).
 *
 * @throws `MgmtError` `report/no-data`, `report/bad-id`
 */
export function predictionHistogram(panels: readonly PredictionPanel[], options: PredictionHistogramOptions = {}): Figure {
  requireData(panels, 'predictions');
  const { width = 720, domain = [0, 1] } = options;
  const perRow = options.columns ?? evenColumns(panels.length, Math.max(1, Math.floor(width / 125)));
  const rows = Math.ceil(panels.length / perRow);
  const placed = panels.map((panel, i) => ({ ...panel, peak: peakOf(panel), fx: i % perRow, fy: Math.floor(i / perRow) }));
  const labels = labelsIn(panels);
  const marks = labels.flatMap((label) => {
    const { ink, dash, className } = groupStyle(label);
    const groups = placed.flatMap(({ groups, fx, fy, peak, name: panel }) =>
      groups.filter((group) => group.label === label).map((group) => ({ ...group, fx, fy, peak, panel })),
    );
    const bars = groups.flatMap(({ histogram: { edges, density }, fx, fy, peak }) =>
      Array.from(density, (value, i) => ({ x1: edges[i]!, x2: edges[i + 1]!, y: value / peak, fx, fy })).filter(({ y }) => y > 0),
    );
    const curve = groups.flatMap(({ kde, fx, fy, peak }) =>
      Array.from(kde.x, (x, i) => ({ x, y: kde.density[i]! / peak, fx, fy })).filter(({ x }) => x >= domain[0] && x <= domain[1]),
    );
    return [
      Plot.rect(bars, {
        x1: 'x1',
        x2: 'x2',
        y1: 0,
        y2: 'y',
        fx: 'fx',
        fy: 'fy',
        fill: ink,
        fillOpacity: 0.3,
        inset: 0.4,
        className: `bars ${className}`,
      }),
      Plot.line(curve, {
        x: 'x',
        y: 'y',
        fx: 'fx',
        fy: 'fy',
        stroke: ink,
        strokeWidth: 1.75,
        strokeDasharray: dash,
        className: `density ${className}`,
      }),
      Plot.dot(groups, {
        x: ({ scores }: { scores: ArrayLike<number> }) => mean(scores),
        y: 1.1,
        fx: 'fx',
        fy: 'fy',
        symbol: 'triangle',
        rotate: 180,
        r: 3.4,
        fill: ink,
        className: `mean ${className}`,
      }),
    ];
  });
  return plotFigure(
    {
      kind: 'prediction-histogram',
      title: labels.includes(null) ? 'Predictions for the cases without a label' : 'Predicted probabilities by true label',
      caption: caption(labels),
      alt: altText(panels),
      table: histogramTable(panels),
      legend: [
        ...labels.map((label) => ({ label: groupStyle(label).name, mark: 'area' as const, ink: groupStyle(label).ink })),
        { label: 'mean', mark: 'triangle', ink: 'currentColor' },
      ],
      plot: {
        width,
        height: 68 + rows * Math.min(150, Math.max(104, (0.55 * width) / perRow)),
        marginTop: 24,
        marginBottom: 36,
        marginLeft: 4,
        marginRight: 4,
        x: { domain: [...domain] },
        y: { domain: [0, 1.15], axis: null },
        fx: { axis: null, padding: 0.16, domain: Array.from({ length: perRow }, (_, i) => i) },
        fy: { axis: null, padding: 0.24, domain: Array.from({ length: rows }, (_, i) => i) },
        marks: [
          Plot.axisX({ ticks: 2, tickSize: 3, label: null, tickFormat: (value: number) => String(value) }),
          Plot.axisX({ ticks: [], label: 'predicted probability of class 1', labelAnchor: 'center', labelArrow: 'none', labelOffset: 34 }),
          Plot.ruleX(placed, { x: () => (domain[0] + domain[1]) / 2, fx: 'fx', fy: 'fy', strokeOpacity: 0.25, strokeDasharray: '2 2' }),
          ...marks,
          Plot.ruleY(placed, { y: () => 0, fx: 'fx', fy: 'fy', strokeOpacity: 0.6 }),
          Plot.text(placed, {
            text: ({ name }) => shorten(name, 18),
            fx: 'fx',
            fy: 'fy',
            frameAnchor: 'top-left',
            dy: -13,
            fontWeight: 600,
          }),
          Plot.text(placed, {
            text: ({ note }) => shorten(note ?? '', 18),
            fx: 'fx',
            fy: 'fy',
            frameAnchor: 'top-right',
            dy: -13,
            fontVariant: 'tabular-nums',
          }),
        ],
      },
    },
    options,
  );
}

function caption(labels: readonly (0 | 1 | null)[]): string {
  const height = 'Bars are the histogram, lines its kernel density estimate, triangles the means; each panel is scaled to its own peak.';
  return labels.includes(null)
    ? `${height} A model that tells two kinds of patients apart has two humps; look for whether any panel has more than one.`
    : `${height} If a model told the classes apart, the methylated distribution would stand to the right of the other; look at how far they coincide, and how the pair moves from seed to seed.`;
}

function altText(panels: readonly PredictionPanel[]): string {
  const described = panels.map(({ name, note, groups }) => {
    const means = groups.map(({ label, scores }) => `${groupStyle(label).name}: mean ${mean(scores).toFixed(2)} of ${scores.length} cases`);
    return `${name}${note ? ` (${note})` : ''}: ${means.join('; ')}.`;
  });
  return `Histograms with density curves of predicted probabilities, ${panels.length} panels. ${described.join(' ')}`;
}

function histogramTable(panels: readonly PredictionPanel[]): DataTable {
  const rows = panels.flatMap(({ name, groups }) =>
    groups.flatMap(({ label, histogram: { edges, density }, kde }) => [
      ...Array.from(density, (value, i) => [name, label, 'histogram', tidy(edges[i]!), tidy(edges[i + 1]!), tidy(value)]),
      ...Array.from(kde.density, (value, i) => [name, label, 'kernel density', tidy(kde.x[i]!), tidy(kde.x[i]!), tidy(value)]),
    ]),
  );
  return { columns: columns('model', 'label', 'what', 'from', 'to', 'density'), rows };
}

const tidy = (value: number) => Number(value.toPrecision(6));
